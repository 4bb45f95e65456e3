import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** Ten shades around the accent, the colour of the student and of every primary action that stays here. */
const still: MantineColorsTuple = [
  '#e6f4f3',
  '#cfe8e6',
  '#a1d2cf',
  '#70bbb6',
  '#3dbdb5',
  '#2b9b95',
  '#178f89',
  '#0b7070',
  '#066461',
  '#005654',
];
/** Blue means "outside": what leaves this computer, and nothing else. */
const outside: MantineColorsTuple = [
  '#eaf1fc',
  '#d3e0f5',
  '#a5c0ec',
  '#93bdff',
  '#7fb0ff',
  '#3470cc',
  '#2666c5',
  '#1f5fbf',
  '#14529f',
  '#08478c',
];

/** The head of a dialog is no landmark: the window has one banner. */
const dialog = { header: { role: 'presentation' } };

const dialogTitle = { fontSize: '16px', lineHeight: '24px', fontWeight: 600 };

export const theme = createTheme({
  primaryColor: 'still',
  primaryShade: { light: 7, dark: 4 },
  colors: { still, outside },
  autoContrast: true,
  // Accents are dark in the light scheme and bright in the dark one; Mantine would judge both by the first.
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colors, color: 'var(--on-accent)' } : colors;
  },
  fontFamily:
    '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '28px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { styles: { label: { fontWeight: 550 } } },
    InputWrapper: {
      styles: {
        description: { fontSize: '12px', lineHeight: '16px' },
        error: { fontSize: '12px', lineHeight: '16px' },
      },
    },
    Modal: {
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        attributes: dialog,
        padding: 'lg',
      },
      styles: { title: dialogTitle },
    },
    Drawer: { defaultProps: { attributes: dialog, padding: 'lg' }, styles: { title: dialogTitle } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    PasswordInput: {
      defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show what is typed' } },
    },
  },
});

/**
 * The roles of the visual language; components use these names, never a colour. Mantine draws the edge of every field,
 * tick and radio with gray-4 or dark-4, too pale to be seen (WCAG 1.4.11 asks for 3:1): they are the line of controls.
 */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--on-accent': '#ffffff',
    '--surface': '#f4f6f6',
    '--line': '#d9dedf',
    '--control-line': '#7d898b',
    '--text': '#1b2324',
    '--dim': '#566164',
    '--private': '#566164',
    '--permitted': '#1f5fbf',
    '--redacted': '#7043b8',
    '--student': '#0b7070',
    '--synthetic': '#b0307a',
    '--pass': '#1e7a3c',
    '--caution': '#8a5a00',
    '--fail': '#c22b2b',
    '--field-0': '#6b5d00',
    '--field-1': '#8a3b8f',
    '--field-2': '#9a4416',
    '--field-3': '#2b6a4a',
    '--field-4': '#6b5a4a',
    '--field-5': '#4a5f7a',
    '--mantine-color-error': '#c22b2b',
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2324',
    '--mantine-color-dimmed': '#566164',
    '--mantine-color-placeholder': '#566164',
    '--mantine-color-default-color': '#1b2324',
    '--mantine-color-default-border': 'var(--control-line)',
    '--mantine-color-gray-4': 'var(--control-line)',
  },
  dark: {
    '--on-accent': '#14191a',
    '--surface': '#1c2324',
    '--line': '#2f393b',
    '--control-line': '#6b7a7c',
    '--text': '#e6ebeb',
    '--dim': '#9aa8aa',
    '--private': '#9aa8aa',
    '--permitted': '#7fb0ff',
    '--redacted': '#bc9bf2',
    '--student': '#3dbdb5',
    '--synthetic': '#f08ac0',
    '--pass': '#63c98a',
    '--caution': '#e3b341',
    '--fail': '#ff8a80',
    '--field-0': '#d6c45a',
    '--field-1': '#dd9fe0',
    '--field-2': '#f2a47c',
    '--field-3': '#7fcfa3',
    '--field-4': '#cbb8a6',
    '--field-5': '#a9bfdc',
    '--mantine-color-error': '#ff8a80',
    '--mantine-color-body': '#14191a',
    '--mantine-color-text': '#e6ebeb',
    '--mantine-color-dimmed': '#9aa8aa',
    '--mantine-primary-color-contrast': '#14191a',
    '--mantine-color-default': '#1c2324',
    '--mantine-color-default-hover': '#263032',
    '--mantine-color-dark-6': '#1c2324',
    '--mantine-color-dark-5': '#263032',
    '--mantine-color-placeholder': '#9aa8aa',
    '--mantine-color-default-border': 'var(--control-line)',
    '--mantine-color-dark-4': 'var(--control-line)',
  },
});
