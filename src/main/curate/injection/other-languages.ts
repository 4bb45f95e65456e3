import type { PhraseRule } from './signal.ts';

/** Verbs that set something aside, and what a model is told by, as each language says it; in either order. */
const languages: readonly (readonly [verbs: string, things: string])[] = [
  // German
  [
    'ignorier\\w*|missacht\\w*|vergiss|vergessen sie|vernachlässig\\w*|beachte nicht|überschreib\\w*',
    'anweisung\\w*|instruktion\\w*|vorgaben|richtlinien|befehl\\w*|regeln|system-?prompt',
  ],
  // French
  [
    'ignore[rz]?|ignorez|oublie[rz]?|oubliez|ne (?:tenez|tiens) pas compte|négligez|contourne[rz]?',
    'instructions?|consignes?|directives?|règles|ordres|invite',
  ],
  // Spanish
  [
    'ignor[aeo]\\w*|olvid[ae]\\w*|haz caso omiso|desatiend\\w*|no (?:hagas|haga) caso',
    'instrucci[oó]n(?:es)?|indicaciones|directrices|reglas|órdenes|directivas',
  ],
  // Portuguese
  [
    'ignor[ae]\\w*|esque[çc][ae]\\w*|desconsider[ae]\\w*|desrespeite',
    'instru[çc](?:ão|ões|oes)|diretrizes|regras|ordens|comandos',
  ],
  // Italian
  [
    'ignor[ai]\\w*|dimentic[ah]\\w*|trascur[ai]\\w*|non (?:considerare|seguire)',
    'istruzion[ei]|direttive|regole|ordini|indicazioni',
  ],
  // Dutch
  ['negeer|vergeet|sla .{0,20} over', 'instructies?|opdrachten|richtlijnen|regels|aanwijzingen'],
  // Polish
  ['zignoruj|ignoruj|zapomnij|pomiń', 'instrukcj\\w+|polece\\w+|wytyczn\\w+|zasad\\w*'],
  // Swedish, Danish, Norwegian
  [
    'ignorera|ignorer|glöm|glem|bortse|se bort',
    'instruktion\\w*|instruks\\w*|regler\\w*|anvisning\\w*',
  ],
  // Turkish
  [
    'yok say\\w*|görmezden gel\\w*|unut\\w*|dikkate alma',
    'talimat\\w*|yönerge\\w*|komut\\w*|kural\\w*',
  ],
  // Indonesian, Malay
  ['abaikan|lupakan', 'instruksi|perintah|arahan|petunjuk|aturan'],
  // Vietnamese
  ['bỏ qua|quên|phớt lờ', 'hướng dẫn|chỉ dẫn|chỉ thị|mệnh lệnh|quy tắc'],
  // Russian, Ukrainian
  [
    '(?:про)?игнорируй\\w*|забудь\\w*|не обращай\\w*|(?:про)?ігноруй\\w*',
    'инструкци\\w*|указани\\w*|команд\\w*|правил\\w*|інструкці\\w*|вказівк\\w*',
  ],
  // Greek
  ['αγνό(?:ησε|ησέ|ησ)|αγνοήστε|αγνόησε|ξέχνα|ξεχάστε', 'οδηγίες|εντολές|κανόνες|κατευθύνσεις'],
  // Arabic, Persian, Hebrew
  [
    'تجاهل\\S*|انس|نادیده بگیر\\S*|فراموش کن\\S*|התעלם|התעלמי|שכח',
    'التعليمات|تعليمات|الأوامر|القواعد|التوجيهات|دستورالعمل\\S*|دستورات|ההוראות|הוראות|ההנחיות',
  ],
  // Hindi
  ['अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल जा\\S*|उपेक्षा', 'निर्देश\\S*|आदेश\\S*|नियम\\S*|अनुदेश\\S*'],
  // Chinese
  [
    '忽略|無視|无视|忘记|忘掉|忘記|不要理会|不要遵守|绕过',
    '指令|指示|说明|說明|提示|命令|规则|規則|要求|内容',
  ],
  // Japanese
  ['無視|忘れ|従わない', '指示|命令|プロンプト|インストラクション|ルール|規則'],
  // Korean
  ['무시|잊(?:어|으)|따르지', '지시\\S*|명령\\S*|지침\\S*|프롬프트|규칙'],
];

/** How the things begin, up to where they vary. */
const stemsOf = (things: string) => things.split('|').map((thing) => /^[^\\[(?]+/.exec(thing)![0]);

/** `\w` for the letters of any script. */
const anyLetter = (pattern: string) => pattern.replaceAll('\\w', '[\\p{L}\\p{M}]');

/** "Your password", said to whoever reads. */
const yourSecret =
  '(?:votre|ton|tu|su|vuestra|ihr|ihre|dein|deine|tua|sua|tuo|suo|la tua|seu|sua|uw|je|jouw|twoje|ditt|din|твой|ваш|ваш секретный) (?:mot de passe|clé secrète|contraseña|clave secreta|passwort|kennwort|geheimer? schlüssel|password|chiave segreta|senha|chave secreta|wachtwoord|hasło|lösenord|пароль|ключ)|(?:你的|您的)(?:密码|密碼|密钥|系统提示)|비밀번호.{0,16}(?:알려|말해|필요)|(?:パスワード|秘密鍵).{0,24}(?:教え|必要)';

export const otherLanguageRules: readonly PhraseRule[] = [
  ...languages.map(([verbs, things]) => overrideRule(verbs, things)),
  {
    kind: 'reveal',
    weight: 0.55,
    needs: [
      'mot de',
      'clé',
      'contra',
      'clave',
      'wort',
      'schlüssel',
      'password',
      'chiave',
      'senha',
      'chave',
      'wacht',
      'hasło',
      'löse',
      'парол',
      'ключ',
      '密',
      '系统',
      '비밀',
      'パス',
      '秘密',
    ],
    pattern: new RegExp(`(?<!\\p{L})(?:${yourSecret})`, 'u'),
  },
];

function overrideRule(verbs: string, things: string): PhraseRule {
  const [verb, thing] = [`(?:${anyLetter(verbs)})`, `(?:${anyLetter(things)})`];
  const between = '[^.!?。！？\\n]{0,40}?';
  return {
    kind: 'override',
    weight: 0.8,
    needs: stemsOf(things),
    pattern: new RegExp(
      `(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}])(?:${verb}${between}${thing}|${thing}${between}${verb})`,
      'u',
    ),
  };
}
