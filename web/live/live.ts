// The entry, on every page: answers and marks; and, where there are
// exercises, the editor. Python itself waits for the first Run or Check.

import { Answers, openStorage } from "./answers.ts";
import { type Chapters, addSidebar } from "./sidebar.ts";

const answers = new Answers(openStorage());
addEventListener("storage", (event) => {
  if (event.storageArea === localStorage) answers.refresh(event.key);
});

const chapters = document.getElementById("exercises-of-pages");
if (chapters) addSidebar(answers, JSON.parse(chapters.textContent!) as Chapters);

const elements = document.querySelectorAll<HTMLElement>("[data-exercise]");
const able = "WebAssembly" in window && "DecompressionStream" in window;
if (elements.length && able) {
  const { goLive } = await import("./page.ts");
  goLive(elements, answers);
}
