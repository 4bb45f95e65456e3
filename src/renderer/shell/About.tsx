import { Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callDesktop } from '../lib/desktop.ts';
import { count } from '../lib/format.ts';
import { setAboutOpen, useUi } from '../lib/ui-store.ts';
import classes from './About.module.css';

/** Which Stillroom this is, and what it is made of: Help > About. */
export function About() {
  const isOpen = useUi((state) => state.isAboutOpen);
  const info = useQuery({
    queryKey: ['desktop.info'],
    queryFn: () => callDesktop('desktop.info', {}),
    enabled: isOpen,
  });
  return (
    <Modal
      opened={isOpen}
      onClose={() => setAboutOpen(false)}
      title="About Stillroom"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close about' }}
    >
      {info.data && (
        <>
          <p>
            Stillroom {info.data.version}, under the MIT licence. It never looks for updates:
            nothing leaves this computer unless you send it.
          </p>
          <p className={classes.dim}>
            Electron {info.data.versions.electron} · Chromium {info.data.versions.chrome} · Node{' '}
            {info.data.versions.node}
          </p>
          <p className={classes.dim}>
            The sample is made from Banking77 (PolyAI, CC-BY-4.0) and CLINC150 (Clinc, CC-BY-3.0).
            Chromium's own licences lie beside the program, in LICENSES.chromium.html.
          </p>
        </>
      )}
      <Licences isOpen={isOpen} />
    </Modal>
  );
}

function Licences({ isOpen }: { readonly isOpen: boolean }) {
  const [wanted, setWanted] = useState('');
  const { data = [] } = useQuery({
    queryKey: ['desktop.licences'],
    queryFn: () => callDesktop('desktop.licences', {}),
    enabled: isOpen,
  });
  const shown = data.filter(({ name, licence }) =>
    `${name} ${licence}`.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <section aria-label="Licences">
      <h2 className={classes.heading}>Licences of {count(data.length)} packages</h2>
      <TextInput
        label="Find a package or licence"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      <ul className={classes.list} aria-label="Packages">
        {shown.map(({ name, version, licence, text }) => (
          <li key={`${name} ${version}`}>
            <details>
              <summary className={classes.name}>
                {name} {version} <span className={classes.dim}>{licence}</span>
              </summary>
              <pre className={classes.text}>{text}</pre>
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}
