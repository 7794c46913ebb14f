// furo in an edition: its drawers are closed by Escape and by the link that has been chosen, its change of appearance is said.
"use strict";

{
  const APPEARANCES = {
    auto: annotatedBibWords["Automatic appearance"],
    light: annotatedBibWords["Light appearance"],
    dark: annotatedBibWords["Dark appearance"],
  };

  const closeDrawers = () => {
    for (const toggle of document.querySelectorAll(".sidebar-toggle:checked")) toggle.checked = false;
  };

  document.querySelector(".toc-drawer")?.addEventListener("click", (event) => event.target.closest("a") && closeDrawers());
  document.addEventListener("keydown", (event) => event.key === "Escape" && closeDrawers());

  // furo's own script, nearer to the button, has done its work when the click comes here.
  document.addEventListener("click", (event) => {
    if (!event.composedPath().some((node) => node.matches?.(".theme-toggle"))) return;
    document.dispatchEvent(new CustomEvent("annotated-bib-say", { detail: APPEARANCES[document.body.dataset.theme] }));
  });
}
