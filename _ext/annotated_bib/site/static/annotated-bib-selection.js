// The reader's selection of works, on every page: a tick beside each work, a link that says how many there are. It is kept in
// the browser, for each edition of a host apart. Without this script nothing of it is shown.
"use strict";

{
  const { page, works, end } = document.currentScript.dataset;
  const root = new URL("../", document.currentScript.src);
  const NAME = `annotated-bib-selection ${root.pathname}`;
  const [LANGUAGE] = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*/i.exec(document.documentElement.lang) ?? [];
  const PLURAL = new Intl.PluralRules(LANGUAGE);

  const element = (name, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  /** The words with the values in the places of their names. */
  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const say = (text) => document.dispatchEvent(new CustomEvent("annotated-bib-say", { detail: text }));

  // -- What is kept -----------------------------------------------------------------------------------------------------

  /** The keys, as docutils makes identifiers, in a *text* that commas cut; anything else is none. */
  const parse = (text) => [...new Set(text.split(",").filter((key) => /^[a-z][a-z\d-]*$/.test(key)))];

  /** Where it is kept: a browser that refuses that has the name of the tab, which lasts as long as the tab. */
  const shelf = {
    isLasting: true,
    get text() {
      try {
        const kept = localStorage.getItem(NAME);
        if (kept !== null) return kept;
      } catch {
        this.isLasting = false;
      }
      return window.name.startsWith(`${NAME}=`) ? window.name.slice(NAME.length + 1) : "";
    },
    set text(kept) {
      try {
        localStorage.setItem(NAME, kept);
      } catch {
        this.isLasting = false;
        window.name = `${NAME}=${kept}`;
      }
    },
  };

  const keys = () => parse(shelf.text);

  const change = (wanted) => {
    shelf.text = wanted.join(",");
    refresh();
    say(count(wanted.length));
  };

  const add = (more) => change([...new Set([...keys(), ...more])]);
  const remove = (others) => change(keys().filter((key) => !others.includes(key)));

  /** How many works there are, in words. */
  const count = (number) => {
    if (!number) return annotatedBibWords["The selection is empty."];
    const one = PLURAL.select(number) === "one";
    return filled(
      one ? annotatedBibWords["{number} work in the selection."] : annotatedBibWords["{number} works in the selection."],
      { number },
    );
  };

  // -- What is shown ----------------------------------------------------------------------------------------------------

  /** A tick for the work *key*; what it is for is written beside it, unless it is *bare*. */
  const tick = (key, title, bare) => {
    const input = element("input", { type: "checkbox", value: key, checked: keys().includes(key), autocomplete: "off" });
    input.setAttribute("aria-label", filled(annotatedBibWords["In my selection: {work}"], { work: title }));
    input.addEventListener("change", () => (input.checked ? add([key]) : remove([key])));
    const label = element("label", { className: "select" }, input);
    if (bare) label.title = annotatedBibWords["In my selection"];
    else label.append(" ", annotatedBibWords["In my selection"]);
    return label;
  };

  const name = (node, number) => {
    const told = filled(annotatedBibWords["My selection ({number})"], { number });
    node.textContent = number ? told : annotatedBibWords["My selection"];
    if (!node.matches(".mobile-header a")) return;
    node.hidden = !number;
    node.textContent = number;
    node.setAttribute("aria-label", told);
  };

  /** A link to the page of the selection; it says how many works there are. */
  const link = () => {
    const node = element("a", { className: "selection-link", href: new URL(page, root) });
    name(node, keys().length);
    return node;
  };

  /** Bring ticks and links to what is kept. */
  const refresh = () => {
    const kept = keys();
    for (const input of document.querySelectorAll(".select input")) input.checked = kept.includes(input.value);
    for (const node of document.querySelectorAll(".selection-link")) name(node, kept.length);
    document.dispatchEvent(new CustomEvent("annotated-bib-selected"));
  };

  const textOf = (heading) => Array.from(heading.childNodes, (node) => (node.matches?.(".headerlink") ? "" : node.textContent)).join("");

  const dress = () => {
    for (const notice of document.querySelectorAll(".notice[id]")) {
      const line = element("p", { className: "notice-select" }, tick(notice.id, textOf(notice.querySelector("h1, h2, h3, h4, h5, h6"))));
      line.append(" ", link());
      notice.insertBefore(line, notice.querySelector(":scope > .notice-citer"));
    }
    for (const table of document.querySelectorAll("table.catalogue")) {
      for (const work of table.querySelectorAll('a.citation[href*="#"]')) {
        const cell = work.closest("tr").cells[0];
        (cell.querySelector("p") ?? cell).append(tick(work.hash.slice(1), work.textContent, true));
      }
      table.before(element("p", { className: "selection-line" }, annotatedBibWords["Tick the works to keep:"], " ", link()));
    }
    document.querySelector(".sidebar-search-container")?.after(link()); // of furo, as is the next
    document.querySelector(".mobile-header .header-right")?.prepend(link());
    refresh();
  };

  addEventListener("storage", (event) => event.key === NAME && refresh());
  addEventListener("pageshow", (event) => event.persisted && refresh());
  document.addEventListener("DOMContentLoaded", dress);

  globalThis.annotatedBibSelection = {
    keys, add, remove, count, tick, link, parse, filled, element, say, LANGUAGE,
    isLasting: () => (keys(), shelf.isLasting),
    /** The address that holds the works *list*. */
    address: (list) => new URL(`${page}#${[...list].sort().join(",")}`, root).href,
    /** The addresses of the page of a work, and of a file of it. */
    work: (key) => new URL(`${works}/${key}${end}`, root).href,
    file: (key, suffix) => new URL(`${works}/${key}.${suffix}`, root).href,
  };
}
