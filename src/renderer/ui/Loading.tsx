import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import classes from './States.module.css';

const SKELETON_AFTER_MS = 200;
const WORDS_AFTER_MS = 2000;

/** Nothing for a moment, then grey lines, then words. */
export function Loading({ words = 'Reading…' }: { readonly words?: string }) {
  const [phase, setPhase] = useState<'nothing' | 'skeleton' | 'words'>('nothing');
  useEffect(() => {
    const skeleton = setTimeout(() => setPhase('skeleton'), SKELETON_AFTER_MS);
    const text = setTimeout(() => setPhase('words'), WORDS_AFTER_MS);
    return () => {
      clearTimeout(skeleton);
      clearTimeout(text);
    };
  }, []);
  if (phase === 'nothing') return null;
  return (
    <div className={classes.loading} role="status">
      {phase === 'words' && <p>{words}</p>}
      {[92, 78, 85, 60].map((width) => (
        <Skeleton key={width} height={14} width={`${width}%`} />
      ))}
    </div>
  );
}
