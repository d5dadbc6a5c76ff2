// The entry of every page: what is kept for the reader, and what stands beside
// the chapters.

import { Answers } from "./answers.ts";
import { refresh } from "./backup.ts";
import { openStorage } from "./kept.ts";
import { Memories } from "./memory.ts";
import { Choices, keepQuestions } from "./quizzes.ts";
import { startKeeping } from "./offline.ts";
import { Readings, watchEnd } from "./reading.ts";
import { addSidebar, type Chapters, pageOf } from "./sidebar.ts";

const store = openStorage();
export const answers = new Answers(store);
export const cards = new Memories(store);
export const chapters = new Readings(store);
export const questions = new Choices(store);
const everything = { answers, cards, chapters, questions };

addEventListener("storage", (event) => {
  if (event.storageArea === localStorage) refresh(everything, event.key);
});

/** Return what the site's build has written into the page. */
export function given<T>(id: string): T | null {
  const element = document.getElementById(id);
  return element && (JSON.parse(element.textContent!) as T);
}

/** Ids of exercises and of cards, by page. */
export const exercisesOf = given<Chapters>("exercises-of-pages") ?? {};
export const cardsOf: Chapters = Object.fromEntries(
  Object.entries(given<Chapters>("cards-of-chapters") ?? {}).map(
    ([name, cards]) => [`book/${name}`, cards.map((card) => `${name}.${card}`)],
  ),
);

addSidebar(everything, exercisesOf, cardsOf);

const here = pageOf(location.href, Object.keys(exercisesOf));
if (here) {
  const forms = document.querySelectorAll<HTMLFormElement>(".rnn-quiz form");
  keepQuestions(forms, here.split("/").pop()!, questions);
}

// where the text ends and the exercises begin
const end = document.querySelector("#what-you-can-now-do > h2");
if (here && end) watchEnd(here, end, chapters);

startKeeping();
