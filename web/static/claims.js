// "Claims on trial", narrowed by verdict, by note and by chapter. What there
// is to choose is read from the claims themselves.
(() => {
  const trials = [...document.querySelectorAll(".trial")];
  const words = (trial, selector) =>
    [...trial.querySelectorAll(selector)].map((x) => x.textContent);
  const of = {
    verdict: (trial) => words(trial, "strong").map((x) => x.replace(".", "")),
    note: (trial) => words(trial, "small").flatMap((x) => x.split(", ")),
    chapter: (trial) => words(trial, "[data-measured] a"),
  };
  const form = document.createElement("form");
  form.className = "trial-filter";
  form.setAttribute("aria-label", "Which claims to show");
  for (const [name, values] of Object.entries(of)) {
    const label = form.appendChild(document.createElement("label"));
    label.append(name[0].toUpperCase() + name.slice(1), " ");
    const select = label.appendChild(document.createElement("select"));
    select.name = name;
    select.add(new Option("any", ""));
    const all = [...new Set(trials.flatMap(values))];
    if (name === "note") all.sort();
    for (const value of all) select.add(new Option(value));
  }
  const shown = form.appendChild(document.createElement("output"));
  const narrow = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    for (const trial of trials)
      trial.hidden = !wanted.every(([k, value]) => of[k](trial).includes(value));
    const left = trials.filter((trial) => !trial.hidden).length;
    shown.value = `${left} of ${trials.length} claims`;
  };
  form.addEventListener("change", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  // a link to one claim shows it, whatever was chosen
  addEventListener("hashchange", () => {
    const asked = document.getElementById(location.hash.slice(1));
    if (!asked?.hidden) return;
    form.reset();
    narrow();
    asked.scrollIntoView();
  });
  trials[0].before(form);
  narrow();
})();
