// The page of the selection: the works that its address names, or else the reader's own; what each one is, is read in its page.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const selection = annotatedBibSelection;
  const { element, filled, say } = selection;
  const COLLATOR = new Intl.Collator(selection.LANGUAGE);
  const TYPES = {
    txt: "text/plain",
    bib: "application/x-bibtex",
    ris: "application/x-research-info-systems",
    json: "application/vnd.citationstyles.csl+json",
  };

  const frame = document.getElementById("selection");
  const part = (name) => frame.querySelector(`.selection-${name}`);
  const button = (name) => document.getElementById(`selection-${name}`);
  const title = document.querySelector("h1");

  // -- Works ------------------------------------------------------------------------------------------------------------

  /** A copy of what a reference is made of: text, emphasis, links to the web. */
  const copy = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return node.textContent;
    const name = ["em", "strong", "a"].includes(node.localName) ? node.localName : "span";
    const made = element(name, { className: node.className }, ...Array.from(node.childNodes, copy));
    if (node.lang) made.lang = node.lang;
    if (name === "a" && /^https?:/.test(node.getAttribute("href"))) made.href = node.getAttribute("href");
    return made;
  };

  /** The work *key*, as its page has it; without a reference where the edition has it no longer. */
  const read = async (key) => {
    const answer = await fetch(selection.work(key));
    if (answer.status === 404) return { key, text: "", title: key };
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const notice = page.querySelector(".notice");
    if (!notice) return { key, text: "", title: key };
    const heading = notice.querySelector("h1");
    heading.querySelector(".headerlink")?.remove();
    return {
      key,
      title: heading.textContent,
      theme: notice.closest("[data-page]")?.dataset.page,
      reference: Array.from(notice.querySelector(".notice-reference").childNodes, copy),
      text: notice.querySelector(".notice-citer pre").textContent.trim(),
    };
  };

  const known = new Map();

  /** As *read*, once; of a work that could not be read, its key is known. */
  const find = async (key) => {
    try {
      if (!known.has(key)) known.set(key, await read(key));
      return known.get(key);
    } catch {
      return { key, text: "", title: key, isUnread: true };
    }
  };

  // -- The list ---------------------------------------------------------------------------------------------------------

  /** What a work is sorted by: its reference, without the brackets and quotation marks before its words. */
  const heading = ({ text, key }) => (text || key).replace(/(?<=^|\s)[^\p{L}\p{N}\s]+/gu, "");

  const named = () => selection.parse(location.hash.slice(1));

  let shown = []; // the works of the list
  let turn = 0;

  const remover = (work) => {
    const node = element("button", { type: "button" }, annotatedBibWords["Remove"]);
    node.setAttribute("aria-label", filled(annotatedBibWords["Remove: {work}"], { work: work.title }));
    node.addEventListener("click", async () => {
      const rank = shown.indexOf(work);
      selection.remove([work.key]);
      await list();
      (part("works").querySelectorAll("button")[Math.min(rank, shown.length - 1)] ?? title).focus();
    });
    return node;
  };

  const item = (work, isShared) => {
    const { key, reference, isUnread } = work;
    const link = element("a", { href: selection.work(key) }, annotatedBibWords["Read the entry"]);
    link.setAttribute("aria-label", filled(annotatedBibWords["Read the entry: {work}"], { work: work.title }));
    const gone = filled(annotatedBibWords["This work is not in the edition, or is there no longer: {key}."], { key });
    const line = element("p", { className: reference ? "notice-reference" : "" }, ...(reference ?? [isUnread ? key : gone]));
    const tools = element("p", { className: "selection-work" });
    if (reference || isUnread) tools.append(link, " ");
    tools.append(isShared && reference ? selection.tick(key, work.title) : isShared ? "" : remover(work));
    const node = element("li", {}, line, tools);
    if (work.theme) node.dataset.page = work.theme;
    return node;
  };

  const list = async () => {
    const mine = ++turn;
    const isShared = named().length > 0;
    const works = await Promise.all((isShared ? named() : selection.keys()).map(find));
    if (mine !== turn) return; // another list has been asked for meanwhile
    shown = works.sort((one, other) => COLLATOR.compare(heading(one), heading(other)));
    const address = selection.address(shown.filter(({ reference, isUnread }) => reference || isUnread).map(({ key }) => key));
    part("works").replaceChildren(...shown.map((work) => item(work, isShared)));
    part("number").textContent = isShared ? "" : selection.count(shown.length);
    part("number").hidden = isShared;
    part("shared").hidden = !isShared;
    part("empty").hidden = isShared || shown.length > 0;
    part("tools").hidden = part("source").hidden = !shown.length;
    for (const name of ["copy", "print", ...Object.keys(TYPES)]) button(name).disabled = !found().length;
    button("clear").hidden = isShared;
    if (shown.length) button("undo").hidden = true;
    Object.assign(button("address"), { href: address, textContent: address });
    const unread = annotatedBibWords[
      "The references could not be read. They cannot be when the site is opened from a folder of the device; online, reload it."
    ];
    fail(shown.some(({ isUnread }) => isUnread) ? unread : "");
    follow();
  };

  const fail = (text) => {
    part("fault").textContent = text;
    part("fault").hidden = !text;
  };

  /** Show what depends on the reader's own selection, while that of an address is listed. */
  const follow = () => {
    const own = selection.keys();
    button("join").hidden = shown.every(({ key, reference }) => !reference || own.includes(key));
    const [lasting, passing] = frame.querySelectorAll(".selection-kept");
    lasting.hidden = !selection.isLasting();
    passing.hidden = selection.isLasting();
  };

  // -- What is taken away -----------------------------------------------------------------------------------------------

  const source = () => `${button("source").textContent}\n${button("address").textContent}\n`;
  const found = () => shown.filter(({ reference }) => reference);
  const plain = () => [...found().map(({ text }) => text), source()].join("\n\n");

  /** The references as a word processor pastes them, with their italics; small capitals, which would be a style, are capitals. */
  const rich = () => {
    const lines = found().map(({ reference }) => element("p", {}, ...reference.map((node) => node.cloneNode?.(true) ?? node)));
    for (const node of lines.flatMap((line) => [...line.querySelectorAll(".smallcaps")])) {
      node.textContent = node.textContent.toLocaleUpperCase(selection.LANGUAGE);
    }
    return lines.map((line) => line.outerHTML).join("\n");
  };

  const write = async (forms, said) => {
    const blobs = Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })]);
    try {
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      say(said);
      fail("");
    } catch {
      fail(
        annotatedBibWords["Your browser does not let this page copy: download the text, or copy the address at the foot of the list."],
      );
    }
  };

  const texts = (suffix) =>
    Promise.all(
      found().map(async ({ key }) => {
        const answer = await fetch(selection.file(key, suffix));
        if (!answer.ok) throw new Error(answer.status);
        return answer.text();
      }),
    );

  const FORMS = {
    txt: async () => plain(),
    bib: async () => (await texts("bib")).join("\n"),
    ris: async () => (await texts("ris")).join(""),
    json: async () => `${JSON.stringify((await texts("json")).flatMap((text) => JSON.parse(text)), null, 1)}\n`,
  };

  const save = async (suffix) => {
    try {
      const address = URL.createObjectURL(new Blob([await FORMS[suffix]()], { type: TYPES[suffix] }));
      element("a", { href: address, download: `selection.${suffix}` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      fail("");
    } catch {
      fail(annotatedBibWords["The file could not be made: a part of it could not be read. Try again."]);
    }
  };

  // -- Start ------------------------------------------------------------------------------------------------------------

  for (const suffix of Object.keys(FORMS)) button(suffix).addEventListener("click", () => save(suffix));
  button("copy").addEventListener("click", () =>
    write({ "text/plain": plain(), "text/html": rich() }, annotatedBibWords["The references are copied."]),
  );
  button("share").addEventListener("click", () =>
    write({ "text/plain": button("address").href }, annotatedBibWords["The address is copied."]),
  );
  button("print").addEventListener("click", () => print());

  button("join").addEventListener("click", async () => {
    selection.add(found().map(({ key }) => key));
    history.pushState(null, "", location.pathname + location.search);
    await list();
    title.focus();
  });

  let removed = [];
  button("clear").addEventListener("click", async () => {
    removed = selection.keys();
    selection.remove(removed);
    await list();
    button("undo").hidden = false;
    button("undo").focus();
  });
  button("undo").addEventListener("click", async () => {
    selection.add(removed);
    await list();
    title.focus();
  });

  document.addEventListener("annotated-bib-selected", () => (named().length ? follow() : list()));
  addEventListener("hashchange", list);
  addEventListener("popstate", list);
  title.tabIndex = -1;
  frame.hidden = false;
  list();
});
