// What every page does besides being read: previews of the works it cites, and a word to screen readers when something has
// been copied or has changed. Nothing is lost without it.
"use strict";

{
  const article = document.querySelector("article, [role=main], main, .body") ?? document.body;

  const element = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  // -- What is said to those who listen -------------------------------------------------------------------------------

  const status = element("p", { className: "said" });
  status.setAttribute("role", "status");
  article.append(status);

  // The same words said twice are news only if the region has been empty between.
  const say = (text) => {
    status.textContent = "";
    setTimeout(() => (status.textContent = text), 100);
  };

  document.addEventListener("annotated-bib-say", (event) => say(event.detail));

  // The scripts of the buttons, nearer to them, have done their work when the click comes here.
  document.addEventListener("click", (event) => {
    const button = event.composedPath().find((node) => node.localName === "button");
    if (button?.matches(".copybtn")) say(button.dataset.tooltip.replace(" !", "\u202f!"));
  });

  const copies = (what) => annotatedBibWords["Copy ({what})"].replace("{what}", () => what);

  document.addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll(".copybtn")) {
      const way = button.closest(".highlight").parentElement.previousElementSibling;
      const work = button.closest("details")?.querySelector("summary > .said")?.textContent ?? "";
      button.type = "button";
      button.setAttribute("aria-label", way?.matches(".notice-way") ? copies(way.textContent) + work : annotatedBibWords["Copy"]);
    }
  });

  // On a narrow screen the stylesheet makes tables lists, which some screen readers then no longer take for tables.
  const ROLES = { table: "table", "thead, tbody": "rowgroup", tr: "row", th: "columnheader", td: "cell" };
  for (const [selector, role] of Object.entries(ROLES)) {
    for (const part of article.querySelectorAll(selector)) part.setAttribute("role", role);
  }

  // -- Previews -------------------------------------------------------------------------------------------------------
  //
  // A link to a work, under the pointer or focused, shows the reference and the first lines of the commentary, which are read
  // in the page it leads to. With a finger the first tap shows them, with a link to the notice; the second follows the link.

  const LINKS = "a.citation:not(.notice-page *), .timeline a";
  const LENGTH = 220;

  const box = element("div", { className: "preview", id: "preview", hidden: true });
  article.append(box);

  let shown = null; // the link whose work is shown
  let dismissed = null; // the link whose preview was closed while still pointed at or focused
  let tapped = null; // the link that has been tapped once
  let touch = false;
  let pause;

  const address = (link) => new URL(link.getAttribute("href"), document.baseURI);

  const pages = new Map([[location.pathname, Promise.resolve(document)]]);

  const load = async (path) => {
    const answer = await fetch(path, { signal: AbortSignal.timeout(3000) });
    if (!answer.ok) throw new Error(answer.status);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  /** The notice that *link* leads to; null when its page cannot be read, as from a folder. */
  const find = async (link) => {
    const { pathname, hash } = address(link);
    if (!pages.has(pathname)) pages.set(pathname, load(pathname));
    try {
      const page = await pages.get(pathname);
      return page.getElementById(hash.slice(1)) ?? page.querySelector(".notice");
    } catch {
      pages.delete(pathname);
      return null;
    }
  };

  /** The text of *reference* with its italics and small capitals. */
  const plain = (reference) =>
    Array.from(reference.childNodes, (node) => {
      const { className, textContent } = node;
      if (node.nodeType === Node.TEXT_NODE) return textContent;
      return element(node.localName === "em" ? "em" : "span", { className, textContent });
    });

  const beginning = (text) => (text.length > LENGTH ? `${text.slice(0, LENGTH).replace(/[\s«(,;:]+\S*$/, "")}…` : text);

  const fill = (notice, link) => {
    const commentary = notice.querySelector(".notice-commentary")?.textContent.trim();
    box.dataset.page = notice.closest("[data-page]")?.dataset.page;
    box.replaceChildren(
      element("p", { className: "notice-reference" }, ...plain(notice.querySelector(".notice-reference"))),
      element("p", {}, commentary ? beginning(commentary) : annotatedBibWords["No commentary."]),
    );
    if (touch) box.append(element("p", {}, element("a", { href: address(link) }, annotatedBibWords["Read the entry"])));
  };

  /** Under *link*, or above it when there is room there only; never over it. */
  const place = (link) => {
    const frame = article.getBoundingClientRect();
    const { left, top, bottom } = link.getBoundingClientRect();
    const header = document.querySelector("header:not(article header)"); // one that stays in sight
    const ceiling = header && getComputedStyle(header).position !== "static" ? header.getBoundingClientRect().bottom : 0;
    const above = bottom + box.offsetHeight + 8 > innerHeight && top - box.offsetHeight - 8 > ceiling;
    const rightmost = document.documentElement.clientWidth - box.offsetWidth - 16;
    box.style.left = `${Math.max(16, Math.min(left, rightmost)) - frame.left}px`;
    box.style.top = `${(above ? top - box.offsetHeight - 4 : bottom + 4) - frame.top}px`;
  };

  const close = () => {
    if (box.contains(document.activeElement)) shown.focus({ preventScroll: true });
    shown?.removeAttribute("aria-describedby");
    box.hidden = true;
    shown = tapped = null;
  };

  /** Show the work of *link*, if it is still *wanted* once it is found; whether it could be. */
  const open = async (link, wanted) => {
    const notice = await find(link);
    if (!notice || !wanted()) return Boolean(notice);
    close();
    fill(notice, link);
    box.hidden = false;
    place(link);
    shown = link;
    if (touch) {
      box.setAttribute("role", "dialog");
      box.setAttribute("aria-label", annotatedBibWords["Preview of the work"]);
      box.tabIndex = -1;
      box.focus({ preventScroll: true });
      box.scrollIntoView({ block: "nearest" });
    } else {
      box.setAttribute("role", "tooltip");
      box.removeAttribute("aria-label");
      box.removeAttribute("tabindex");
      link.setAttribute("aria-describedby", box.id);
    }
    return true;
  };

  /** The link pointed at, or else focused by the keyboard. */
  const sought = () => {
    const pointed = touch ? null : document.querySelector(`:is(${LINKS}):hover`);
    return pointed ?? document.querySelector(`:is(${LINKS}):focus-visible`);
  };

  const update = () => {
    const awaited = tapped && tapped !== shown; // its page is still being read
    if (awaited || box.matches(":hover, :focus-within")) return;
    const link = sought();
    if (link !== dismissed) dismissed = null;
    if (!link) close();
    else if (link !== shown && link !== dismissed) open(link, () => sought() === link);
  };

  // The pause lets a pointer pass over links unanswered, and reach what it has opened.
  for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) {
    document.addEventListener(type, (event) => {
      if (event.pointerType) touch = event.pointerType === "touch";
      clearTimeout(pause);
      pause = setTimeout(update, 200);
    });
  }

  document.addEventListener("pointerdown", (event) => (touch = event.pointerType === "touch"));

  // A finger that goes on to scroll is not lifted here.
  document.addEventListener("pointerup", (event) => {
    if (touch && shown && !event.target.closest(`#${box.id}, ${LINKS}`)) close();
  });

  document.addEventListener("click", async (event) => {
    const link = event.target.closest(LINKS);
    if (!link || !touch || link === tapped) return;
    event.preventDefault();
    tapped = link;
    const found = await open(link, () => tapped === link);
    if (shown === link) tapped = link; // opening has closed the one before
    if (!found) location.assign(address(link));
  });

  document.addEventListener("keydown", (event) => {
    touch = false;
    if (event.key !== "Escape") return;
    dismissed = shown;
    close();
  });
}
