import type { DraftRefusal } from '../../shared/contract/augment.ts';
import { isHeldOut } from '../../shared/domain/example.ts';
import { canonicalJson, type Json } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import { contentHash } from '../lib/content-hash.ts';
import { sha256 } from '../lib/hash.ts';
import { createOutputValidator } from '../lib/output-validity.ts';
import type { Work } from '../lib/work.ts';
import type { Example } from '../store/examples.ts';
import type { Draft } from './draft.ts';

import type { Strategy } from './strategies/strategy.ts';
import type { AugmentTools, TeacherQuestion } from './tools.ts';

export interface Verdict {
  readonly draft: Draft;
  readonly refusal: DraftRefusal | undefined;
}

export interface Acceptance {
  readonly task: Task;
  readonly strategy: Strategy;
  readonly tools: AugmentTools;
  /** Every row of the project, rejected and held-out ones, too. */
  readonly rows: readonly Example[];
  /** Whether the teacher is asked about each of its drafts once more, without being told the label. */
  readonly verifies: boolean;
  /** What a teacher may be told of an output, and so can know of it. */
  tell(output: Json): Json;
}

const MAX_CHARACTERS = 20_000;
/** A draft may be so many times as long as its seed, or as the shortest text that is still ordinary. */
const MAX_GROWTH = 6;
const ORDINARY_CHARACTERS = 200;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const placeholder = /\[[A-Z][A-Z_]*_\d+\]/g;

/** Judges drafts one after the other in four steps: form, novelty, blind agreement, and a second look of the teacher. */
export function createAcceptance({ task, strategy, tools, rows, verifies, tell }: Acceptance) {
  const validate = createOutputValidator(task);
  const texts = rows.map((row) => ({ text: joinText(row), isGuarded: isHeldOut(row) }));
  const hashes = new Set(rows.map((row) => row.contentHash));
  const accepted: Draft[] = [];

  /** Verdicts in the order of the drafts; what is accepted counts as existing from then on. */
  return async function judge(drafts: readonly Draft[], work: Work): Promise<Verdict[]> {
    const refused = new Map<Draft, DraftRefusal>();
    const open = () => drafts.filter((draft) => !refused.has(draft));
    for (const draft of drafts) if (!isWellFormed(draft)) refused.set(draft, 'invalid');
    await refuseRepeats(open(), refused, work);
    // Nothing here can judge an object, so the teacher must.
    const isVerified = strategy.maker === 'teacher' && (verifies || task.kind !== 'classify');
    if (isVerified) await refuseUnverified(open(), refused, work);
    else await refuseDisagreement(open(), refused, work);
    accepted.push(...open());
    return drafts.map((draft) => ({ draft, refusal: refused.get(draft) }));
  };

  function isWellFormed({ aim, text }: Draft): boolean {
    const seed = aim.seed.example.text;
    const longest = Math.max(ORDINARY_CHARACTERS, seed.length) * MAX_GROWTH;
    const isNewPlaceholder = (text.match(placeholder) ?? []).some((name) => !seed.includes(name));
    return (
      text.trim() !== '' &&
      text.length <= Math.min(MAX_CHARACTERS, longest) &&
      text.isWellFormed() &&
      !control.test(text) &&
      !isNewPlaceholder &&
      (task.kind === 'classify' || keepsValues(aim.output, seed, text)) &&
      validate(aim.output).length === 0
    );
  }

  async function refuseRepeats(
    drafts: readonly Draft[],
    refused: Map<Draft, DraftRefusal>,
    work: Work,
  ): Promise<void> {
    const fresh = drafts.filter((draft) => {
      const hash = contentHash(draft.text, draft.aim.seed.example.context);
      if (hashes.has(hash)) refused.set(draft, 'repeat');
      else hashes.add(hash);
      return !refused.has(draft);
    });
    if (fresh.length === 0) return;
    // Drafts taken before stand first, so that the later of two is the repeat.
    const all = [...accepted, ...fresh];
    const joined = all.map((draft) => joinText({ ...draft.aim.seed.example, text: draft.text }));
    for (const { draft, row, otherDraft } of await tools.findRepeats(joined, texts, work)) {
      const repeat = all[draft]!;
      if (row !== undefined) {
        if (texts[row]!.isGuarded) refused.set(repeat, 'repeat-held-out');
        else if (!isFamily(repeat, rows[row]!) && !refused.has(repeat))
          refused.set(repeat, 'repeat');
      }
      const other = otherDraft === undefined ? undefined : all[otherDraft]!;
      if (other && !isSibling(repeat, other) && !refused.has(other) && !refused.has(repeat))
        refused.set(repeat, 'repeat');
    }
  }

  function isFamily({ aim }: Draft, row: Example): boolean {
    const parent = aim.seed.example;
    const isKin =
      row.id === parent.id ||
      row.parentId === parent.id ||
      (row.groupId !== null && row.groupId === parent.groupId);
    return strategy.likeness === 'family' && isKin;
  }

  function isSibling(a: Draft, b: Draft): boolean {
    return strategy.likeness === 'family' && a.aim.seed.example.id === b.aim.seed.example.id;
  }

  async function refuseDisagreement(
    drafts: readonly Draft[],
    refused: Map<Draft, DraftRefusal>,
    work: Work,
  ): Promise<void> {
    // A person's word on the seed needs no second opinion; nor has any other kind of task a judge.
    const asked = drafts.filter(
      ({ aim }) =>
        task.kind === 'classify' &&
        !(strategy.judged === 'seed' && aim.seed.example.label?.author === 'human'),
    );
    if (asked.length === 0) return;
    const inputs = asked.map(({ aim, text }) => ({
      text: strategy.judged === 'seed' ? aim.seed.example.text : text,
      context: aim.seed.example.context,
      withoutId: aim.seed.example.id,
    }));
    const answers = await tools.judge(inputs, work);
    asked.forEach((draft, i) => {
      if (!isSame(answers[i], draft.aim.output)) refused.set(draft, 'disagreement');
    });
  }

  async function refuseUnverified(
    drafts: readonly Draft[],
    refused: Map<Draft, DraftRefusal>,
    work: Work,
  ): Promise<void> {
    const { teacher } = tools;
    if (!teacher || drafts.length === 0) return;
    const questions = drafts.map(
      ({ aim, rawText }): TeacherQuestion => ({
        exampleId: aim.seed.example.id,
        variant: `verify ${sha256(rawText)}`,
        sample: 0,
        wanted: { kind: 'output', text: rawText },
      }),
    );
    await teacher.ask(questions, work);
    drafts.forEach((draft, i) => {
      const reply = teacher.replyTo(questions[i]!);
      const answer = reply && teacher.readOutput(reply);
      if (answer === undefined || !isSame(tell(answer), tell(draft.aim.output)))
        refused.set(draft, 'not-verified');
    });
  }
}

/** Whether the values of an output that stand in the one text stand in the other, too. */
function keepsValues(output: Json, from: string, to: string): boolean {
  if (output !== null && typeof output === 'object')
    return Object.values(output).every((part) => keepsValues(part, from, to));
  const value = String(output).toLowerCase();
  return !from.toLowerCase().includes(value) || to.toLowerCase().includes(value);
}

function isSame(answer: Json | undefined, output: Json): boolean {
  return answer !== undefined && canonicalJson(answer) === canonicalJson(output);
}

function joinText({ text, context }: Pick<Example, 'text' | 'context'>): string {
  return context === null ? text : `${context}\n${text}`;
}
