import { Textarea, TextInput } from '@mantine/core';
import type { CheckedDraft } from './check-draft.ts';
import { DefinitionText } from './DefinitionText.tsx';
import { listedLabels, type TaskDraft } from './draft.ts';
import { FieldRows } from './FieldRows.tsx';
import { FormPreview } from './FormPreview.tsx';
import { FunctionRows } from './FunctionRows.tsx';
import { LabelsFromFile } from './LabelsFromFile.tsx';
import classes from './NewProject.module.css';

interface Props {
  readonly draft: TaskDraft;
  readonly checked: CheckedDraft;
  readonly onChange: (part: Partial<TaskDraft>) => void;
}

/** What the outputs of the project look like: labels, or a form beside what is understood of it. */
export function Definition({ draft, checked, onChange }: Props) {
  if (draft.kind === 'classify')
    return <Labels draft={draft} checked={checked} onChange={onChange} />;
  if (draft.kind === 'rewrite')
    return (
      <p className={classes.hint}>
        Nothing more to define: what your records reply in the same words, but for a name or an
        amount, becomes a type of reply. Put wordings that a teacher is to keep to into the
        instructions. Records need replies to learn from, yours or a teacher’s.
      </p>
    );
  return (
    <div className={classes.definition}>
      {draft.way === 'text' ? (
        draft.kind === 'tools' ? (
          <DefinitionText
            label="Tool definitions"
            placeholder={toolsExample}
            value={draft.toolsText}
            onChange={(toolsText) => onChange({ toolsText })}
          />
        ) : (
          <DefinitionText
            label="JSON Schema"
            placeholder={schemaExample}
            value={draft.schemaText}
            onChange={(schemaText) => onChange({ schemaText })}
          />
        )
      ) : draft.kind === 'tools' ? (
        <FunctionRows
          functions={draft.functions}
          onChange={(functions) => onChange({ functions })}
        />
      ) : (
        <FieldRows
          label="Fields of the form"
          fields={draft.fields}
          onChange={(fields) => onChange({ fields })}
        />
      )}
      <FormPreview checked={checked} />
    </div>
  );
}

function Labels({ draft, checked, onChange }: Props) {
  const given = listedLabels(draft.labels).length;
  return (
    <>
      <Textarea
        required
        label="Labels"
        description={`One a line, at least two. ${given > 0 ? `${given} given.` : ''}`}
        rows={5}
        error={checked.state === 'wrong' && checked.problem}
        value={draft.labels}
        onChange={(event) => onChange({ labels: event.currentTarget.value })}
      />
      <LabelsFromFile
        onFound={(labels, dataPath) => onChange({ labels: labels.join('\n'), dataPath })}
      />
      <TextInput
        label="Label for “none of these”"
        description="Optional. For texts that belong under no label."
        value={draft.noAnswer}
        onChange={(event) => onChange({ noAnswer: event.currentTarget.value })}
      />
    </>
  );
}

const schemaExample = `{
  "type": "object",
  "properties": {
    "city": { "type": "string" },
    "nights": { "type": "integer" }
  },
  "required": ["city"]
}`;

const toolsExample = `[
  {
    "type": "function",
    "function": {
      "name": "reserve_table",
      "description": "Books a table.",
      "parameters": {
        "type": "object",
        "properties": { "city": { "type": "string" } }
      }
    }
  }
]`;
