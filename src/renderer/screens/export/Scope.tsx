import type { ExportPreview, RefusalReason } from '../../../shared/contract/export.ts';
import { count } from '../../lib/format.ts';
import classes from './Export.module.css';

const reasons = {
  notApproved: 'not approved by a person',
  rejected: 'rejected',
  unlabelled: 'without a label',
  invalid: 'label does not fit the task',
  private: 'private',
  noPair: 'without an answer of the teacher that a person corrected',
  noGrant: 'without a permission that still holds',
} as const satisfies Record<RefusalReason, string>;

/** What goes in, and what stays out for which reason. */
export function Scope({ preview }: { readonly preview: ExportPreview }) {
  const { rows, privateRows, redactedRows, refused } = preview;
  const out = Object.entries(refused) as [RefusalReason, number][];
  return (
    <dl className={classes.scope}>
      <dt>In</dt>
      <dd>
        {count(rows)} records
        {redactedRows > 0 && `, ${count(redactedRows)} of them with personal data masked`}
        {privateRows > 0 && `, ${count(privateRows)} private`}
      </dd>
      <dt>Out</dt>
      <dd>
        {out.length === 0
          ? 'none'
          : out.map(([reason, n]) => <p key={reason}>{`${count(n)} ${reasons[reason]}`}</p>)}
      </dd>
    </dl>
  );
}
