// Improves pages that work without it: the kit's components, progress that refreshes itself, copying, a folded filter.

const kit = document.querySelector('link[rel="modulepreload"]').href;
const { initAll } = await import(kit);
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

function button(text, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "app-made govuk-button govuk-button--secondary govuk-!-margin-bottom-2";
  made.textContent = text;
  made.addEventListener("click", () => action(made));
  return made;
}

// Replaces every [data-live] part by its newer self, until the server's page no longer asks for it.
async function refresh() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  const newer = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const replacement = newer.getElementById(part.id);
    if (replacement && !part.contains(document.activeElement)) part.replaceWith(document.adoptNode(replacement));
  }
  return newer.querySelector('meta[name="tranche-refresh"]');
}

async function follow(meta) {
  while (meta) {
    await new Promise((wake) => setTimeout(wake, Number(meta.content) * 1000));
    if (!document.hidden) meta = await refresh().catch(() => meta);
  }
}
follow(document.querySelector('meta[name="tranche-refresh"]'));

for (const box of document.querySelectorAll(".app-copyable")) {
  const copy = (made) => navigator.clipboard.writeText(box.innerText.trim()).then(() => (made.textContent = "Copied"));
  if (navigator.clipboard) box.after(button("Copy", copy));
}

const filter = document.querySelector(".app-list__filter");
if (filter) {
  const toggle = button("Show filters", () => {
    const isOpen = filter.classList.toggle("app-list__filter--open");
    toggle.setAttribute("aria-expanded", isOpen);
    toggle.textContent = isOpen ? "Hide filters" : "Show filters";
  });
  toggle.classList.add("app-filter-toggle");
  toggle.setAttribute("aria-expanded", "false");
  filter.before(toggle);
}
