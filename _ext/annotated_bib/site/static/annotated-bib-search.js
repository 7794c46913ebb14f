// The search page: what is asked stands in its address, so that an answer can be kept and sent.

const FACETS = ["theme", "author", "decade", "kind"];
const PAGE = 30;
// As far as browsers know such names: Sphinx has some like « sr@latin ».
const [LANGUAGE] = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*/i.exec(document.documentElement.lang) ?? [];
const IN_FRENCH = /^fr\b/i.test(LANGUAGE);
const COLLATOR = new Intl.Collator(LANGUAGE);
const PLURAL = new Intl.PluralRules(LANGUAGE);

const form = document.getElementById("search");
const box = document.getElementById("search-text");
const filters = form.querySelector(".search-facets");
const status = document.getElementById("search-status");
const results = document.getElementById("search-results");
const next = document.getElementById("search-more");
const { index } = document.currentScript.dataset;

const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

/** The name of a facet; the script with the words may come after this one. */
const label = (facet) =>
  ({
    theme: annotatedBibWords["Theme"],
    author: annotatedBibWords["Author"],
    decade: annotatedBibWords["Years"],
    kind: annotatedBibWords["Kind"],
  })[facet];

/** The words with the values in the places of their names. */
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const fold = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("œ", "oe").replaceAll("’", "'");

let asking = Promise.resolve();

/** Pagefind's answer, one at a time: to a question that comes while a part of its index is under way, it finds nothing. */
const answer = (pagefind, words) => {
  asking = asking.catch(() => {}).then(() => pagefind.search(words));
  return asking;
};

/** Whether the words that Pagefind found start as *word* does: for want of any, it takes a shorter one (« et » for « étau »). */
const meant = async (word, { results }) => {
  if (!results.length) return false;
  const { excerpt } = await results[0].data();
  const marked = [...new DOMParser().parseFromString(excerpt, "text/html").querySelectorAll("mark")];
  return marked.some((mark) => fold(mark.textContent).replace(/^[^\p{L}\p{N}]+/u, "").startsWith(fold(word)));
};

/** One word as it is best asked: without plural or, in French, elision; in the spelling, « oe » or « œ », that finds something.
 *  Pagefind folds accents and completes words, but keeps œ and knows no language. */
const asWritten = async (pagefind, word) => {
  const whole = IN_FRENCH ? word.replace(/^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’]/i, "") : word;
  const bare = whole.replace(/(?<=.{4})[sx]$/i, "");
  const plain = bare.replaceAll("œ", "oe").replaceAll("Œ", "Oe");
  for (const spelling of new Set([plain, plain.replaceAll("oe", "œ").replaceAll("Oe", "Œ")])) {
    if (await meant(spelling, await answer(pagefind, spelling))) return spelling;
  }
  return null;
};

/** The words of *text* to ask, null for all works, undefined when one of them is nowhere. */
const spell = async (pagefind, text) => {
  const words = text.split(/[^\p{L}\p{M}\p{N}'’-]+/u).filter(Boolean);
  if (!text) return null;
  const found = await Promise.all(words.map((word) => asWritten(pagefind, word)));
  return found.length && !found.includes(null) ? found.join(" ") : undefined;
};

/** What the address asks: the text, and the values chosen in each facet. */
const asked = () => {
  const query = new URLSearchParams(location.search);
  const chosen = Object.fromEntries(FACETS.map((name) => [name, query.getAll(name)]));
  return { text: (query.get("q") ?? "").trim(), chosen };
};

/** Put what the form asks into the address: in its place, or as a step that the back button undoes. */
const keep = (step = "replaceState") => {
  const query = new URLSearchParams(new FormData(form));
  if (!query.get("q")) query.delete("q");
  const wanted = query.size ? `?${query}` : "";
  if (wanted !== location.search) history[step](null, "", wanted || location.pathname);
};

/** Those of *results* that have a value chosen in each facet, whatever is chosen in the facet *except*. */
const among = (results, facets, chosen, except) => {
  const used = Object.entries(chosen).filter(([name, values]) => values.length && name !== except);
  return results.filter(({ id }) => used.every(([name, values]) => values.some((value) => facets[name]?.[value]?.has?.(id))));
};

/** How many of the results that answer in the other facets have each value of this one. */
const counts = (results, facets, chosen, name) => {
  const others = among(results, facets, chosen, name);
  const all = { ...Object.fromEntries(chosen[name].map((value) => [value, new Set()])), ...facets[name] };
  return Object.entries(all)
    .map(([value, ids]) => [value, others.filter(({ id }) => ids.has(id)).length])
    .filter(([value, count]) => count || chosen[name].includes(value))
    .sort(([one], [other]) => COLLATOR.compare(one, other));
};

const group = (results, facets, chosen, name) => {
  const choices = counts(results, facets, chosen, name).map(([value, count], rank) => {
    const id = `facet-${name}-${rank}`;
    const input = element("input", { type: "checkbox", id, name, value, checked: chosen[name].includes(value) });
    return element("li", {}, element("label", { htmlFor: id }, input, ` ${value} `, element("small", {}, `(${count})`)));
  });
  const details = element("details", {}, element("summary", {}, label(name)), element("ul", {}, ...choices));
  details.dataset.facet = name;
  details.setAttribute("aria-label", label(name));
  return details;
};

const showFacets = (groups, chosen) => {
  const open = new Set([...filters.querySelectorAll("details[open]")].map((node) => node.dataset.facet));
  const focused = document.activeElement?.closest?.(".search-facets") ? document.activeElement.id : "";
  for (const details of groups) {
    const { facet } = details.dataset;
    details.open = open.has(facet) || chosen[facet].length > 0;
  }
  filters.replaceChildren(...groups);
  if (focused) document.getElementById(focused)?.focus();
};

/** A passage with its words marked; Pagefind gives it as text with `mark` elements and plain spaces, and in French it has been given
 *  « l’ État » and “ métiers ”. */
const passage = (excerpt) => {
  const inFrench = (text) => text.replace(/(?<=[’“]) | (?=”)/g, "").replace(/(?<=«) | (?=[»:;!?])/g, "\u00a0");
  const parsed = new DOMParser().parseFromString(excerpt, "text/html").body;
  const paragraph = element("p", { className: "search-passage" });
  for (const node of parsed.childNodes) {
    const text = IN_FRENCH ? inFrench(node.textContent) : node.textContent;
    paragraph.append(node.nodeName === "MARK" ? element("mark", {}, text) : text);
  }
  return paragraph;
};

const show = ({ url, excerpt, meta }, withPassage) => {
  const told = [meta.author, meta.year, meta.kind].filter(Boolean).join(", ");
  const link = element("a", { href: url }, meta.title);
  const item = element("li", {}, element("h2", {}, link), element("p", { className: "search-work" }, told));
  if (withPassage) item.append(passage(excerpt));
  return item;
};

const say = (number, text) => {
  const one = PLURAL.select(number) === "one";
  if (!number && !text) return annotatedBibWords["No result. Try a shorter word, or remove a filter."];
  if (!number) return filled(annotatedBibWords["No result for “{text}”. Try a shorter word, or remove a filter."], { text });
  if (!text) return filled(one ? annotatedBibWords["{number} result."] : annotatedBibWords["{number} results."], { number });
  const words = one ? annotatedBibWords["{number} result for “{text}”."] : annotatedBibWords["{number} results for “{text}”."];
  return filled(words, { number, text });
};

/** The first results of *list*. */
const first = (list, withPassage) =>
  Promise.all(list.slice(0, PAGE).map(async (record) => show(await record.data(), withPassage)));

/** Add *items*, the first of *list*, to the results, and a button for those that remain. */
const add = (items, list, withPassage) => {
  const rest = list.slice(PAGE);
  results.append(...items);
  next.hidden = !rest.length;
  next.onclick = async () => {
    add(await first(rest, withPassage), rest, withPassage);
    items.at(-1).nextElementSibling.querySelector("a").focus();
  };
};

/** The values of each facet, each with the results that have it, by name. */
const readFacets = async (address) => {
  const read = (key, value) => (Array.isArray(value) ? new Set(value) : value);
  return JSON.parse(await (await fetch(address)).text(), read);
};

let turn = 0;

const search = async (pagefind, facets) => {
  const mine = ++turn;
  const { text, chosen } = asked();
  const words = await spell(pagefind, text);
  const { results: all } = words === undefined ? { results: [] } : await answer(pagefind, words);
  const found = among(all, facets, chosen);
  const items = await first(found, Boolean(text));
  if (mine !== turn) return; // a later question has been asked meanwhile
  results.replaceChildren();
  add(items, found, Boolean(text));
  showFacets(FACETS.map((name) => group(all, facets, chosen, name)), chosen);
  status.textContent = say(found.length, text);
};

const start = async () => {
  form.hidden = false;
  box.value = asked().text;
  const address = new URL(index, document.baseURI);
  let pagefind, facets;
  try {
    pagefind = await import(address);
    await pagefind.options({ excerptLength: 30 });
    await pagefind.init();
    facets = await readFacets(new URL("facets.json", address));
  } catch {
    status.textContent =
      annotatedBibWords[
        "The search did not start. It does not work when the site is opened from a folder of the computer; online, reload the page."
      ];
    return;
  }
  let pause;
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => (keep(), search(pagefind, facets)), 200);
  });
  form.addEventListener("submit", (event) => (event.preventDefault(), keep("pushState"), search(pagefind, facets)));
  filters.addEventListener("change", () => (keep("pushState"), search(pagefind, facets)));
  addEventListener("popstate", () => ((box.value = asked().text), search(pagefind, facets)));
  await search(pagefind, facets);
};

// The words come with the scripts of the theme, maybe after this one.
document.addEventListener("DOMContentLoaded", start);
