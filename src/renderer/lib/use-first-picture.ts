import { useEffect, useState } from 'react';

/** A window that is not shown paints nothing; then this is long enough to wait. */
const LONGEST_WAIT_MS = 1_000;

/** Whether the window's first picture stands; what it does without need not hold it up. */
export function useFirstPicture(): boolean {
  const [stands, setStands] = useState(false);
  useEffect(() => {
    const observer = new PerformanceObserver(() => setStands(true));
    observer.observe({ type: 'paint', buffered: true });
    const timer = setTimeout(() => setStands(true), LONGEST_WAIT_MS);
    return () => {
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);
  return stands;
}
