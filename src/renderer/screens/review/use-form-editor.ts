import { useState } from 'react';
import type { ReviewItem } from '../../../shared/contract/review.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import { call } from '../../lib/bridge.ts';
import { type FormDraft, readDraft, toDraft, withFrame, withTexts } from './form-draft.ts';

interface Problems {
  readonly bySlot: ReadonlyMap<number, string>;
  /** What belongs to no single field. */
  readonly others: readonly string[];
}

const none: Problems = { bySlot: new Map(), others: [] };

/** What a person makes of a record's answer before it is decided. */
export interface FormEditor {
  readonly draft: FormDraft;
  readonly problems: Problems;
  setTexts(slot: number, texts: readonly string[]): void;
  setFrame(frame: number): void;
  reset(): void;
  /** Hands the output over when nothing is wrong with it; else the first slot with a problem comes back. */
  save(onDone: (output: Json, isChanged: boolean) => void): Promise<number | undefined>;
}

export function useFormEditor(form: Form, { label }: ReviewItem): FormEditor {
  const [draft, setDraft] = useState(() => toDraft(form, label));
  const [problems, setProblems] = useState(none);
  return {
    draft,
    problems,
    setTexts(slot, texts) {
      setDraft((before) => withTexts(before, slot, texts));
      setProblems(({ bySlot }) => ({
        bySlot: new Map([...bySlot].filter(([one]) => one !== slot)),
        others: [],
      }));
    },
    setFrame(frame) {
      setDraft((before) => withFrame(before, frame));
      setProblems(none);
    },
    reset() {
      setDraft(toDraft(form, label));
      setProblems(none);
    },
    async save(onDone) {
      const read = readDraft(form, draft, label);
      if (read.output === undefined) {
        setProblems({ bySlot: read.problems, others: [] });
        return firstOf(form, draft, read.problems);
      }
      const checked = await call('form.check', { output: read.output as never });
      const found = assignProblems(form, draft, checked.problems);
      setProblems(found);
      if (checked.problems.length > 0) return firstOf(form, draft, found.bySlot);
      onDone(
        read.output,
        label === undefined || canonicalJson(label) !== canonicalJson(read.output),
      );
      return undefined;
    },
  };
}

function firstOf(form: Form, { frame }: FormDraft, problems: ReadonlyMap<number, string>) {
  return form.frames[frame]?.slots.find((slot) => problems.has(slot));
}

/** The engine names the place first, as in "when.day must be string"; what names none stands by itself. */
function assignProblems(form: Form, { frame }: FormDraft, problems: readonly string[]): Problems {
  const bySlot = new Map<number, string>();
  const others: string[] = [];
  for (const problem of problems) {
    const place = problem.split(/[ .]\d*/, 1)[0] ?? '';
    const missing = /required property '(.+)'/.exec(problem)?.[1];
    const slot = form.frames[frame]?.slots.find((one) => {
      const path = form.slots[one]!.path;
      return (
        problem.startsWith(`${path.join('.')} `) || path[0] === place || path.at(-1) === missing
      );
    });
    if (slot === undefined) others.push(problem);
    else bySlot.set(slot, `It ${problem.slice(problem.indexOf(' ') + 1)}.`);
  }
  return { bySlot, others };
}
