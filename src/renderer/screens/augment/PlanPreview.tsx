import type { AugmentPlanPreview, RecipeLine } from '../../../shared/contract/augment.ts';
import { withoutCommands } from '../../lib/format.ts';
import { outputText } from '../../lib/output.ts';
import { useForm } from '../../lib/use-form.ts';
import { Diff } from '../../ui/Diff.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ExactRequest } from '../../ui/teacher/ExactRequest.tsx';
import classes from './Augment.module.css';
import { refusalWords } from './words.ts';

/** What the plan would make and send first; nothing of it is kept. */
export function PlanPreview({
  preview: { drafts, teacher, problems },
  recipes,
}: {
  readonly preview: AugmentPlanPreview;
  readonly recipes: readonly RecipeLine[];
}) {
  const form = useForm();
  const titleOf = (id: string) => recipes.find((recipe) => recipe.id === id)?.title ?? id;
  return (
    <>
      {teacher && (
        <Panel title="Exactly what will be sent">
          <ExactRequest preview={teacher} />
        </Panel>
      )}
      {(drafts.length > 0 || problems.length > 0) && (
        <Panel title="Preview, nothing is kept">
          {problems.map(({ strategy, message }) => (
            <p key={strategy} className={classes.problem}>
              {titleOf(strategy)}: {withoutCommands(message)}
            </p>
          ))}
          <ul className={classes.drafts}>
            {drafts.map(({ strategy, parent, text, output, refusal }) => (
              <li key={`${strategy} ${parent.externalId} ${text}`} className={classes.shown}>
                <Diff
                  before={parent.text}
                  after={text}
                  beforeTitle={`${parent.externalId}, ${outputText(parent.output, form)}`}
                  afterTitle={`${titleOf(strategy)}, ${outputText(output, form)}`}
                />
                {refusal && (
                  <p className={classes.problem}>Would not be kept: {refusalWords[refusal]}.</p>
                )}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
