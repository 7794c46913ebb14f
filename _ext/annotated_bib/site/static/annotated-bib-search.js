// The search page: what is asked stands in its address, so that an answer can be kept and sent.

const FACETS = ["theme", "author", "decade", "kind"];
const PAGE = 30;
// What an excerpt has room for, unless its sentence is longer; how long a reader pauses who has typed what she wants.
const LENGTH = 280;
const PAUSE = 200;
const QUIET = 1000;
// Where the facets stand beside the results, as the stylesheet has it.
const WIDE = matchMedia("(min-width: 64em)");
// As far as browsers know such names: Sphinx has some like « sr@latin ».
const [LANGUAGE] = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*/i.exec(document.documentElement.lang) ?? [];
const IN_FRENCH = /^fr\b/i.test(LANGUAGE);
const COLLATOR = new Intl.Collator(LANGUAGE);
const PLURAL = new Intl.PluralRules(LANGUAGE);

const form = document.getElementById("search");
const box = document.getElementById("search-text");
const filters = document.getElementById("search-facets");
const status = document.getElementById("search-status");
const results = document.getElementById("search-results");
const next = document.getElementById("search-more");
const choice = document.getElementById("search-selection"); // of works, where the site keeps a selection
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
  const marks = [...new DOMParser().parseFromString(excerpt, "text/html").querySelectorAll("mark")];
  return marks.some((mark) => isIn(mark.textContent, word));
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

/** The words of *text* as they are best asked, none for all works; undefined when one of them is nowhere. */
const spell = async (pagefind, text) => {
  const words = text.split(/[^\p{L}\p{M}\p{N}'’-]+/u).filter(Boolean);
  if (!text) return [];
  const found = await Promise.all(words.map((word) => asWritten(pagefind, word)));
  return found.length && !found.includes(null) ? found : undefined;
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
    input.setAttribute("form", form.id);
    return element("li", {}, element("label", { htmlFor: id }, input, ` ${value} `, element("small", {}, `(${count})`)));
  });
  const details = element("details", {}, element("summary", {}, label(name)), element("ul", {}, ...choices));
  details.dataset.facet = name;
  details.setAttribute("aria-label", label(name));
  return details;
};

const showFacets = (groups, chosen) => {
  const former = new Map([...filters.querySelectorAll("details")].map((node) => [node.dataset.facet, node.open]));
  const focused = document.activeElement?.closest?.(".search-facets") ? document.activeElement.id : "";
  for (const details of groups) {
    const { facet } = details.dataset;
    details.open = (former.get(facet) ?? WIDE.matches) || chosen[facet].length > 0;
  }
  filters.replaceChildren(...groups);
  if (focused) document.getElementById(focused)?.focus();
};

/** Where one of *words* begins a word of *text*: from where to where, and which. Marks end with the word, before its comma; those
 *  of few letters (« de », “of”) have none beside longer ones, unless they are capitals (« DSU »). */
const places = (text, words) => {
  const pieces = Array.from(text.matchAll(/[\p{L}\p{M}\p{N}]+/gu), ({ index, 0: piece }) => [index, index + piece.length]);
  const isJoined = (rank) => rank + 1 < pieces.length && /^['’-]$/.test(text.slice(pieces[rank][1], pieces[rank + 1][0]));
  const areAllShort = words.every((word) => word.length < 4);
  const found = [];
  for (const [rank, [start]] of pieces.entries()) {
    if (found.length && start < found.at(-1).end) continue;
    for (const word of words.map(fold)) {
      let last = rank;
      while (fold(text.slice(start, pieces[last][1])).length < word.length && isJoined(last)) last++;
      const end = pieces[last][1];
      const whole = text.slice(start, end);
      const isTelling = word.length > 3 || areAllShort || /^\p{Lu}{2,}$/u.test(whole);
      if (!isTelling || !fold(whole).startsWith(word)) continue;
      found.push({ start, end, word });
      break;
    }
  }
  return found;
};

/** The parts of *text*, with its *words* marked. */
const marked = (text, words) => {
  let from = 0;
  const parts = places(text, words).flatMap(({ start, end }) => {
    const before = text.slice(from, start);
    from = end;
    return [before, element("mark", {}, text.slice(start, end))];
  });
  return [...parts, text.slice(from)];
};

const sentences = (text) =>
  Intl.Segmenter ? Array.from(new Intl.Segmenter(LANGUAGE, { granularity: "sentence" }).segment(text), ({ segment }) => segment) : [text];

/** How many of *words* stand in *text*. */
const number = (text, words) => new Set(places(text, words).map(({ word }) => word)).size;
const isIn = (text, word) => number(text, [word]) > 0;

/** The sentence of *text* with the most of *words*, the first one where none has any, and those after it for which there is room. */
const excerpt = (text, words) => {
  const parts = sentences(text);
  const numbers = parts.map((part) => number(part, words));
  let shown = "";
  for (const part of parts.slice(numbers.indexOf(Math.max(...numbers)))) {
    if (shown && (shown + part).trimEnd().length > LENGTH) break;
    shown += part;
  }
  return shown.trimEnd();
};

/** What is shown of a record: its title, the passage where *words* stand, and its reference, which has marks for those alone
 *  that stand nowhere above; without words, no passage. */
const show = ({ url, meta }, words) => {
  const { title, key, reference, commentary = "", note = "", keywords = "" } = meta;
  const texts = words.length && commentary ? [excerpt(commentary, words)] : [];
  const missing = words.filter((word) => ![title, ...texts].some((text) => isIn(text, word)));
  if (words.length && !number([title, reference, ...texts].join("\n"), words)) {
    const matching = keywords.split(", ").filter((keyword) => number(keyword, words));
    texts.push(number(note, words) ? excerpt(note, words) : matching.join(", "));
  }
  const link = element("a", { href: url }, ...marked(title, words));
  const item = element("li", {}, element("h2", {}, link));
  for (const text of texts.filter(Boolean)) item.append(element("p", { className: "search-passage" }, ...marked(text, words)));
  item.append(element("p", { className: "search-work" }, ...marked(reference, missing)));
  if (key && choice) item.append(element("p", { className: "search-select" }, annotatedBibSelection.tick(key, title)));
  return item;
};

const told = (number, text) => {
  const one = PLURAL.select(number) === "one";
  if (!number && !text) return annotatedBibWords["No result. Try a shorter word, or remove a filter."];
  if (!number) return filled(annotatedBibWords["No result for “{text}”. Try a shorter word, or remove a filter."], { text });
  if (!text) return filled(one ? annotatedBibWords["{number} result."] : annotatedBibWords["{number} results."], { number });
  const words = one ? annotatedBibWords["{number} result for “{text}”."] : annotatedBibWords["{number} results for “{text}”."];
  return filled(words, { number, text });
};

/** The first results of *list*. */
const first = (list, words) => Promise.all(list.slice(0, PAGE).map(async (record) => show(await record.data(), words)));

/** Add *items*, the first of *list*, to the results, and a button for those that remain. */
const add = (items, list, words) => {
  const rest = list.slice(PAGE);
  results.append(...items);
  next.hidden = !rest.length;
  if (choice) choice.hidden = !keys().length;
  next.onclick = async () => {
    add(await first(rest, words), rest, words);
    items.at(-1).nextElementSibling.querySelector("a").focus();
  };
};

/** The values of each facet, each with the results that have it, by name. */
const readFacets = async (address) => {
  const read = (key, value) => (Array.isArray(value) ? new Set(value) : value);
  return JSON.parse(await (await fetch(address)).text(), read);
};

/** The keys of the works that are shown. */
const keys = () => Array.from(results.querySelectorAll(".select input"), (input) => input.value);

let turn = 0;
let quiet;

/** Show what has been found; say it once nothing more is asked. */
const tell = (text) => {
  status.textContent = text;
  clearTimeout(quiet);
  quiet = setTimeout(() => document.dispatchEvent(new CustomEvent("annotated-bib-say", { detail: text })), QUIET);
};

const search = async (pagefind, facets) => {
  const mine = ++turn;
  const { text, chosen } = asked();
  const words = await spell(pagefind, text);
  if (mine !== turn) return; // a later question has been asked meanwhile
  const { results: all } = words ? await answer(pagefind, words.join(" ") || null) : { results: [] };
  const found = among(all, facets, chosen);
  const items = await first(found, words);
  if (mine !== turn) return;
  results.replaceChildren();
  add(items, found, words);
  showFacets(FACETS.map((name) => group(all, facets, chosen, name)), chosen);
  tell(told(found.length, text));
};

const start = async () => {
  form.hidden = filters.hidden = false;
  box.value = asked().text;
  const address = new URL(index, document.baseURI);
  let pagefind, facets;
  try {
    pagefind = await import(address);
    await pagefind.options({ excerptLength: 30 });
    await pagefind.init();
    facets = await readFacets(new URL("facets.json", address));
  } catch {
    tell(
      annotatedBibWords[
        "The search did not start. It does not work when the site is opened from a folder of the computer; online, reload the page."
      ],
    );
    return;
  }
  let pause;
  box.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => (keep(), search(pagefind, facets)), PAUSE);
  });
  form.addEventListener("submit", (event) => (event.preventDefault(), keep("pushState"), search(pagefind, facets)));
  filters.addEventListener("change", () => (keep("pushState"), search(pagefind, facets)));
  addEventListener("popstate", () => ((box.value = asked().text), search(pagefind, facets)));
  if (choice) {
    choice.append(" ", annotatedBibSelection.link());
    choice.querySelector("button").addEventListener("click", () => annotatedBibSelection.add(keys()));
  }
  await search(pagefind, facets);
};

// The words come with the scripts of the theme, maybe after this one.
document.addEventListener("DOMContentLoaded", start);
