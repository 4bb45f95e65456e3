import { isHeldOut } from '../../../shared/domain/example.ts';
import { defineCheck, inputOf } from '../check.ts';
import { findLeaks } from '../duplicates/find-leaks.ts';

export const contaminationCheck = defineCheck({
  id: 'contamination',
  title: 'Contamination',
  explanation:
    'A record that may be trained on repeats a holdout or calibration record, or a long part of it, so scores would look better than they are. Set the training record aside.',
  threshold: 0.5,
  async run({ examples }, work) {
    const kept = examples.filter(({ status }) => status !== 'rejected');
    const sides = Uint8Array.from(kept, (example) => (isHeldOut(example) ? 1 : 0));
    if (!sides.includes(1) || !sides.includes(0)) return [];
    const leaks = await findLeaks(kept.map(inputOf), sides, work);
    return leaks.map(({ train, guarded, similarity, edits }) => ({
      exampleId: kept[train]!.id,
      otherId: kept[guarded]!.id,
      score: 1 - similarity,
      evidence: { similarity, edits, split: kept[guarded]!.split },
    }));
  },
});
