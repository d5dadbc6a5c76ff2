// What the site promises, in Firefox. Run by test_firefox.py, which says by
// the environment where the site and Firefox are, and what to answer.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";

const { BASE, FIREFOX } = process.env;
const asked = JSON.parse(process.env.ASKED);
const PATIENCE = 240_000; // milliseconds, on a busy machine

let browser;
before(async () => {
  const args = ["--width=1280", "--height=800"];
  const options = { browser: "firefox", executablePath: FIREFOX, args };
  browser = await puppeteer.launch({ ...options, protocolTimeout: PATIENCE });
});
after(() => browser?.close());

/** Open a page of the site; what goes wrong there is written down. */
async function open(path, width = 1280) {
  const page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.setViewport({ width, height: 800 });
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  page.on("console", (said) => {
    if (said.type() === "error") page.faults.push(said.text());
  });
  page.on("response", (got) => {
    if (got.status() >= 400) page.faults.push(`${got.status()} ${got.url()}`);
  });
  page.on("request", (wanted) => {
    const url = wanted.url();
    if (/^https?:/.test(url) && !url.startsWith(BASE)) page.faults.push(url);
  });
  await page.goto(BASE + path, { waitUntil: "load" });
  return page;
}

/** Ask the page until it answers with something. (Puppeteer's own waiting
 * makes functions out of text, which the pages' policy forbids.) */
async function until(page, ask, ...given) {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    const answer = await page.evaluate(ask, ...given);
    if (answer) return answer;
    await new Promise((next) => setTimeout(next, 200));
  }
  throw new Error(`no answer in ${PATIENCE / 1000} s: ${ask}`);
}

/** Leave a page on which nothing went wrong. */
async function leave(page) {
  assert.deepEqual(page.faults, []);
  await page.close();
}

test("every page fits a phone, without a fault", async () => {
  for (const path of asked.pages) {
    const page = await open(path, 360);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    assert.ok(wide <= 360, `${path} is ${wide} pixels wide`);
    await leave(page);
  }
});

test("formulas are set", async () => {
  const page = await open("book/rnn.html");
  await page.waitForSelector("mjx-container svg, mjx-container mjx-math");
  await leave(page);
});

test("an exercise is checked: a mistake, then the solution", async () => {
  const page = await open("book/rnn.html");
  const here = `[data-exercise="${asked.id}"]`;
  const answer = async (code) => {
    const editor = await page.waitForSelector(`${here} .cm-content`);
    await editor.evaluate((content, code) => {
      content.focus();
      getSelection().selectAllChildren(content);
      document.execCommand("insertText", false, code);
    }, code);
    await page.$eval(`${here} button.is-main`, (check) => check.click());
    return until(
      page,
      (here) => {
        const said = document.querySelector(`${here} [role=status]`).innerText;
        return /^(Correct|Not yet|Error)/.test(said) && said;
      },
      here,
    );
  };
  assert.equal(await answer(asked.mistake), `Not yet. ${asked.message}`);
  await page.$eval(`${here} [role=status]`, (status) => {
    status.innerText = "";
  });
  assert.match(await answer(asked.solution), /^Correct\./);
  await leave(page);
});

test("a slider obeys the keyboard, and says where it is", async () => {
  const page = await open("book/rnn.html");
  const handle = await page.$(".rnn-slider input[type=range]");
  await handle.press("Home");
  const said = () => handle.evaluate((x) => x.getAttribute("aria-valuetext"));
  const first = await said();
  await handle.press("ArrowRight");
  assert.notEqual(await said(), first);
  await leave(page);
});

test("a question answers", async () => {
  const page = await open("book/rnn.html");
  const says = await page.$eval(".rnn-quiz form", (form) => {
    form.querySelector("input[data-right='1']").click();
    form.querySelector("button").click();
    return form.querySelector("output").innerText;
  });
  assert.match(says, /Correct/);
  await leave(page);
});

test("the search finds a chapter", async () => {
  const page = await open("search.html?q=Jordan");
  await page.waitForSelector("#search-results li a[href*='rnn.html']");
  await leave(page);
});

test("the workbench trains", async () => {
  const page = await open("book/workbench.html#text/tanh/8");
  const says = (pattern) =>
    until(
      page,
      (pattern) =>
        new RegExp(pattern).test(
          document.querySelector("#bench-of-text")?.innerText,
        ),
      pattern,
    );
  const press = (name) =>
    page.$$eval(
      "#bench-of-text button",
      (all, name) => all.find((x) => x.innerText === name).click(),
      name,
    );
  await says("Ready\\.");
  await press("Train");
  await says("Update [1-9][0-9]* of");
  await press("Stop");
  await leave(page);
});
