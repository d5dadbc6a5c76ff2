// The editor: CodeMirror with what short Python needs, and no more.

import { indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { EditorView, minimalSetup } from "codemirror";

export interface Wishes {
  parent: HTMLElement;
  code: string;
  label: string;
  /** Id of the element that explains the Tab key. */
  describedBy: string;
  changed(code: string): void;
  run(): void;
}

const setFault = StateEffect.define<number | null>();

// the line a message is about, until the next change
const fault = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, { docChanged, effects, state }) {
    if (docChanged) lines = Decoration.none;
    for (const effect of effects) {
      if (!effect.is(setFault)) continue;
      const number = effect.value;
      lines =
        number && number <= state.doc.lines
          ? Decoration.set(
              Decoration.line({ class: "cm-fault" }).range(
                state.doc.line(number).from,
              ),
            )
          : Decoration.none;
    }
    return lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Escape: until another key, Tab moves on instead of indenting
const leaveByTab = EditorView.domEventHandlers({
  keydown(event, view) {
    if (event.key === "Escape") view.setTabFocusMode(true);
    else if (!["Tab", "Shift"].includes(event.key)) view.setTabFocusMode(false);
  },
  blur: (_, view) => view.setTabFocusMode(false),
});

export class Editor {
  #view: EditorView;

  constructor(wishes: Wishes) {
    const run = () => (wishes.run(), true);
    this.#view = new EditorView({
      parent: wishes.parent,
      state: EditorState.create({
        doc: wishes.code,
        extensions: [
          Prec.high(
            keymap.of([
              { key: "Mod-Enter", run },
              { key: "Shift-Enter", run },
              indentWithTab,
            ]),
          ),
          minimalSetup,
          lineNumbers(),
          python(),
          indentUnit.of("    "),
          EditorState.tabSize.of(4),
          indentOnInput(),
          bracketMatching(),
          syntaxHighlighting(classHighlighter),
          fault,
          leaveByTab,
          EditorView.contentAttributes.of({
            "aria-label": wishes.label,
            "aria-describedby": wishes.describedBy,
            tabindex: "0", // it has the focus anyway; axe cannot tell
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) wishes.changed(update.state.doc.toString());
          }),
        ],
      }),
    });
  }

  get code(): string {
    return this.#view.state.doc.toString();
  }

  /** Replace the code, as one step that can be undone. */
  set code(code: string) {
    const { length } = this.#view.state.doc;
    this.#view.dispatch({
      changes: { from: 0, to: length, insert: code },
      selection: { anchor: 0 },
      scrollIntoView: true,
    });
  }

  /** Mark a line, or none. */
  mark(line: number | null): void {
    this.#view.dispatch({ effects: setFault.of(line) });
  }

  focus(): void {
    this.#view.focus();
  }
}
