// The entry of every page: the answers, and what stands beside the chapters.

import { Answers, openStorage } from "./answers.ts";
import { addSidebar, type Chapters } from "./sidebar.ts";

export const answers = new Answers(openStorage());

addEventListener("storage", (event) => {
  if (event.storageArea === localStorage) answers.refresh(event.key);
});

const chapters = document.getElementById("exercises-of-pages");
if (chapters) addSidebar(answers, JSON.parse(chapters.textContent!) as Chapters);
