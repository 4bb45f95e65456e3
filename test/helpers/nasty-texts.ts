/** What programs disagree about: marks, case without a partner, width, halves of pairs, scripts without spaces. */
export const nastyTexts: readonly string[] = [
  'Ça va? C\u0327a İstanbul ısrar i\u0307 Straße ẞ ﬁn ΣΊΣΥΦΟΣ ς Ω Å K',
  'ＦＵＬＬ　ｗｉｄｔｈ １２３ ①②Ⓐ ½ ㎏ ™',
  'soft\u00adhyphen zero\u200bwidth ❤️ ✌🏽 👩‍👩‍👧 🇩🇪 e\u0301\u0302 \u0301alone !\u0301',
  'مرحبا ٣٤ שָׁלוֹם 漢字かな서울 ภาษาไทย हिन्दी १२ Ა ა 𐐀𐐨',
  'a\u0000b\tc\u0085d\u00a0e lone \ud800 half \udc00 pair \ud83d\ude00',
  'please order a dark-blue  lamp, with gift   wrap and insurance by friday friday',
  'I need a red green lamp lamp with EXPRESS',
  '',
  ' ',
];
