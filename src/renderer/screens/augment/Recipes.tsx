import { IconArrowUpRight, IconDeviceDesktop } from '@tabler/icons-react';
import type { RecipeLine } from '../../../shared/contract/augment.ts';
import { counted } from '../../lib/format.ts';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Augment.module.css';
import { linesOf, usePlan } from './plan-store.ts';
import { AddLabel, QuotaRow } from './QuotaRow.tsx';

const groups = {
  rules: { title: 'Made on this computer', Icon: IconDeviceDesktop, words: 'Nothing is sent.' },
  teacher: {
    title: 'Asked of the teacher',
    Icon: IconArrowUpRight,
    words: 'Only permitted records are shown to it, one at a time.',
  },
} as const;

/** The recipes of one maker, with how many are wanted of each. */
export function Recipes({
  maker,
  recipes,
  labels,
}: {
  readonly maker: RecipeLine['maker'];
  readonly recipes: readonly RecipeLine[];
  /** Labels that a quota may name; none where the task has no labels. */
  readonly labels: readonly string[];
}) {
  const { title, Icon, words } = groups[maker];
  const lines = usePlan((state) => state.lines);
  return (
    <Panel title={title}>
      <p className={classes.maker} data-maker={maker}>
        <Icon size={14} aria-hidden /> {words}
      </p>
      <ul className={classes.recipes} aria-label={`Recipes, ${title.toLowerCase()}`}>
        {recipes
          .filter((recipe) => recipe.maker === maker)
          .map((recipe) => {
            const own = linesOf(lines, recipe.id);
            const free = labels.filter((label) => own.every((line) => line.label !== label));
            return (
              <li key={recipe.id} className={classes.recipe} data-off={recipe.problem !== null}>
                <div className={classes.about}>
                  <h3>{recipe.title}</h3>
                  <p className={classes.dim}>{recipe.explanation}</p>
                  <Have recipe={recipe} />
                </div>
                {recipe.problem === null && (
                  <div className={classes.quotas}>
                    {own.map((line) => (
                      <QuotaRow key={line.label ?? ''} title={recipe.title} line={line} />
                    ))}
                    {free.length > 0 && (
                      <AddLabel strategy={recipe.id} title={recipe.title} labels={free} />
                    )}
                  </div>
                )}
              </li>
            );
          })}
      </ul>
    </Panel>
  );
}

function Have({ recipe }: { readonly recipe: RecipeLine }) {
  const { problem, drafts, approved, rejected } = recipe;
  if (problem) return <p className={classes.problem}>{problem}</p>;
  if (drafts + approved + rejected === 0) return null;
  return (
    <p className={classes.have}>
      {approved} accepted · {counted(drafts, 'draft')} · {rejected} set aside
    </p>
  );
}
