import type { PhraseRule, SignalKind } from './signal.ts';

const rule = (kind: SignalKind, weight: number, needs: string, pattern: string): PhraseRule => ({
  kind,
  weight,
  needs: needs.split('|'),
  pattern: new RegExp(pattern),
});

/** Up to so many words in between. */
const gap = (words: number) => `(?:[^\\w.!?\\n]+[\\w']+){0,${words}}?[^\\w.!?\\n]+`;
/** The rest of a sentence, over what is quoted and the dots of addresses. */
const onward = (units: number) =>
  `(?:"[^"\\n]{0,160}"|[^".!?\\n]|"(?![^"\\n]{0,160}")|\\.(?=\\w)){0,${units}}?`;
/** Where an order may begin: a sentence, a clause, behind a "please". */
const start =
  '(?:^|[.!?:;,"\'”’)\\]}>#\\n*-]\\s*|\\b(?:please|and|then|now|also|just|must|should)\\s+)';

const setAside =
  "\\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overlook|override|overrule|bypass|circumvent|neglect|discard|set aside|pay no attention to|(?:do not|don't|never|stop) (?:follow|obey|heed|stick to)(?:ing)?)";
const instructions =
  '(?:instructions?|directives?|guidelines|guidance|guardrails|prompts?|programming|training|constraints?|restrictions|limitations|safeguards|safety (?:rules|filters?|policies)|rules|commands?|system message)';
const model =
  '(?:an? ai|ai|llm|(?:large )?language model|chat ?bot|gpt(?:-\\d\\w*)?|chatgpt|claude|gemini|llama|copilot)';
const answer = '(?:answers?|reply|replies|responses?|outputs?|summary|completion)';
const edit =
  '(?:add|append|include|insert|integrate|incorporate|embed|weave|modify|alter|change|adjust|edit|enhance|augment|enrich|extend|improve|replace|substitute|swap|omit|encode|encrypt|cipher|reverse|scramble|rearrange|shuffle|anagram|misspell|group|shift|render|express|write|provide|give|format|present|translate|convert|use|end|begin|start|finish|conclude|close|prefix|suffix|wrap|mention|tease|transform|spell|capitalize|capitalise|phrase|craft|make|ensure|limit|turn|put|place|invert|flip|mirror|jumble|delete|remove|drop|repeat|hide|promote|recommend|suggest|claim|tell|inform|state|advertise)';
const secret =
  '(?:system prompt|(?:initial|original|hidden|secret|internal|developer|system|exact|full|entire|above|previous|prior) (?:\\w+ )?(?:instructions?|prompts?|rules|messages?|guidelines|configuration)|secret (?:key|code|phrase|word|string)|api[ -]?keys?|access tokens?|credentials|confidential (?:string|key|data|information))';
const ask =
  "(?:what(?:'s| is| are| was| were)|tell|give|show|reveal|print|output|repeat|display|share|provide|disclose|leak|expose|recite|confirm|write|send|spell|know|need|encode|translate|say)";

/** English, on a text in lower case. */
export const englishRules: readonly PhraseRule[] = [
  rule(
    'override',
    0.85,
    'ignor|disregard|forget|overlook|overrid|overrul|bypass|circumvent|neglect|discard|set aside|pay no attention|follow|obey|heed|stick',
    `${setAside}${gap(6)}${instructions}\\b`,
  ),
  rule(
    'override',
    0.85,
    'ignore|disregard|forget|overlook',
    "\\b(?:ignore|disregard|forget|overlook) (?:about )?(?:every?thing|anything|whatever|all|what|each word)(?: of)?(?: that| which)? (?:(?:you|i|they)(?:'ve|'d| have| had| were| are)?|was|has been|is|came|stands|written|said|above|prior|preceding|before this|earlier)(?: (?:been|just|ever|previously|so far))?(?: (?:told|said|instructed|taught|learned|asked|written|read|know|above|before|ordered|given))?",
  ),
  rule(
    'override',
    0.5,
    'above|preceding|foregoing',
    '\\b(?:ignore|disregard|forget) (?:all )?(?:of )?the (?:above|preceding|foregoing)\\b(?! (?:message|e?-?mail|request|order|question|amount|transaction|ticket))',
  ),
  rule(
    'override',
    0.6,
    'ignore|disregard|overlook',
    '\\b(?:ignore|disregard|overlook) (?:the|all|any|this|every?thing)\\b(?![^.!?\\n]{0,30}\\b(?:message|e?-?mail|request|order|question|ticket|call)s?\\b)[^.!?\\n]{0,60}? and (?:then |instead )?(?:state|say|print|output|repeat|return|respond|reply|write|reveal|give|tell|report)\\b',
  ),
  rule(
    'override',
    0.6,
    'new ',
    `\\bnew (?:instructions?|task|directives?|orders|objective|system prompt)\\s*[:=-]`,
  ),
  rule(
    'override',
    0.6,
    'your ',
    '\\byour (?:new|real|true|actual|only|sole|next|updated) (?:task|job|role|goal|purpose|objective|instructions?|mission|directives?) (?:is|are)\\b',
  ),
  rule('override', 0.6, ' override', '\\b(?:system|safety|admin|security|policy) override\\b'),
  rule(
    'persona',
    0.75,
    'you',
    `\\byou(?:'re| are| will be| must be| shall be)(?: now| about to| henceforth| no longer| going to)[^.!?\\n]{0,80}?\\b(?:${model}|bot|assistant|model|dan|do anything now|character|persona|mode|un(?:restricted|filtered|censored)|without (?:any )?(?:restrictions?|rules|limits|filters?|censorship)|free from)\\b`,
  ),
  rule(
    'persona',
    0.65,
    'act|behave|respond|answer|speak|operate|pretend|role|simulate',
    `\\b(?:act|behave|respond|answer|speak|operate|pretend|role-?play|simulate)\\b[^.!?\\n]{0,40}?\\b(?:as|like|to be|that you(?:'re| are)|you(?:'re| are))\\b[^.!?\\n]{0,40}?\\b(?:${model}|unrestricted|unfiltered|uncensored|evil|dan|hacker|terminal|without (?:any )?(?:restrictions?|rules|limits|filters?))\\b`,
  ),
  rule(
    'persona',
    0.7,
    'anything now| mode',
    '\\bdo anything now\\b|\\b(?:dan|developer|god|jailbreak|debug|sudo|unrestricted|override|admin|maintenance|system) mode (?:on|enabled|activated|engaged)\\b',
  ),
  rule(
    'persona',
    0.5,
    'developer mode|jailbr|mode',
    '\\bdeveloper mode\\b|\\bjailbr(?:eak|oken) (?:you|prompt|mode|the (?:model|ai))\\b|<\\s*(?:system|admin|god|developer) mode\\b',
  ),
  rule(
    'persona',
    0.6,
    'from now on',
    '\\bfrom now on,? (?:you|your|all your|only|always|never|answer|respond|reply|speak)\\b',
  ),
  rule(
    'persona',
    0.6,
    'you|as ',
    `\\b(?:if you(?:'re| are)|since you(?:'re| are)|because you(?:'re| are)|as|you(?:'re| are)) ${model}\\b[^.!?\\n]{0,40}[,:]`,
  ),
  rule(
    'persona',
    0.6,
    'ai|llm|language model|bot|gpt|claude|gemini|llama|copilot',
    `\\b(?:attention|note|notice|message|instructions?|important|dear)\\b,?\\s*(?:to|for)?\\s*(?:the |all |any |every )?${model}(?:s| models?| assistants?| agents?| systems?)?\\s*[:,!]`,
  ),
  rule(
    'authority',
    0.55,
    "i'm|i am",
    "\\bi(?:'m| am) your (?:developer|creator|programmer|maintainer|administrator|admin|owner|boss|master|engineer|operator)\\b|\\bi(?:'m| am) (?:the|a) (?:developer|creator|maintainer|programmer|admin(?:istrator)?) of (?:your|this|the) (?:system|model|ai|bot|assistant)\\b|\\bi am god\\b|\\bi(?:'m| am) a system developer\\b",
  ),
  rule(
    'authority',
    0.4,
    ' by |reset|check|audit|you have to',
    '\\b(?:developed|created|trained|built|made) by (?:openai|anthropic|google|meta|microsoft)\\b|\\b(?:system|security) (?:reset|check|audit)\\b[^.!?\\n]{0,60}\\byou\\b|\\byou have to (?:answer|obey|comply|do)\\b',
  ),
  rule(
    'reveal',
    0.7,
    'prompt|instruction|rules|message|guidelines|configuration|secret|key|token|credentials|confidential',
    `${ask}${gap(5)}(?:your|the|these|its|that)${gap(1)}${secret}\\b`,
  ),
  rule(
    'reveal',
    0.55,
    'your pass',
    `\\b${ask}${gap(5)}your pass(?:word|code|phrase)\\b(?! (?:reset|policy|page|screen|field|requirement|rule))`,
  ),
  rule(
    'reveal',
    0.35,
    'password|passcode|passphrase',
    `\\b${ask}${gap(5)}(?:the|their|his|her) (?:secret |admin |user's |root )?pass(?:word|code|phrase)\\b(?! (?:reset|policy|page|screen|field|requirement|rule))`,
  ),
  rule(
    'reveal',
    0.6,
    'above|before this|preceding|in your',
    '\\b(?:repeat|print|output|show|copy|reveal|translate)\\b[^.!?\\n]{0,30}\\b(?:everything|all|the (?:text|words|lines?|content))\\b[^.!?\\n]{0,15}\\b(?:above|before this|preceding|in your (?:prompt|context))\\b',
  ),
  rule(
    'other-data',
    0.4,
    'user|customer|client|patient|employee|account',
    "\\b(?:list of|all(?: the| of the)?|every|other|another|different) (?:users?|customers?|clients?|patients?|employees?|accounts?)\\b[^.!?\\n]{0,40}\\b(?:e?-?mails?|address(?:es)?|passwords?|balances?|birth ?dates?|phone|cards?|data|details|records|database|names)\\b|\\bthe user'?s? (?:\\w+ ){0,3}(?:e?-?mail|address|password|birth|balance|phone|location|city|initials|favou?rite)|\\bwhere (?:does|did|is) the user\\b",
  ),
  rule(
    'steer',
    0.65,
    'your ',
    `${start}${edit}\\b${onward(140)}\\byour (?:\\w+ )?(?:${answer})(?:'s?)?\\b`,
  ),
  rule(
    'steer',
    0.65,
    'your ',
    `\\b(?:in|to|of|with|throughout|within|for|at the end of) your (?:\\w+ )?${answer}\\b,? (?:please )?${edit}\\b`,
  ),
  rule(
    'steer',
    0.65,
    'repl|respond|answer|write|speak|output|provide|say',
    '\\b(?:reply|respond|answer|write(?: (?:it|everything|this|your \\w+))?|speak|output|provide it|say it)\\b[^.!?\\n]{0,30}?(?:\\b(?:in|with|using|as|by)\\b[^.!?\\n]{0,20}?\\b(?:reverse|base ?\\d\\d|rot ?13|morse|emojis?|hex(?:adecimal)?|binary|leet ?speak|pig latin|caesar|cipher|atbash|rhymes?|riddles?|pirate)\\b|\\bbackwards?\\b)',
  ),
  rule(
    'steer',
    0.35,
    'repl|respond|answer|reverse|level|separated',
    '\\b(?:reply|respond|answer) (?:to (?:me|this) )?in (?:english|german|french|spanish|italian|portuguese|chinese|japanese|korean|russian|arabic|latin|dutch|hindi)\\b|\\b(?:in reverse order|character level|each (?:digit|letter) separated)\\b',
  ),
  rule(
    'steer',
    0.6,
    'only|exactly|nothing but|precisely|solely',
    '\\b(?:respond|reply|answer|output|return|print)(?: to (?:this|me|everything|the user))? (?:with )?(?:only|exactly|nothing but|precisely|solely)\\b',
  ),
  rule(
    'steer',
    0.55,
    '"|\'|“|‘|«',
    `(?:${start}(?:say|print|output|repeat|type)|\\b(?:respond|reply|answer) with)(?: exactly| only| the words?| the phrase| after me)?:? ["'“‘«](?!s\\b)[^"'”’»\\n]{2,80}["'”’»]`,
  ),
  rule(
    'steer',
    0.6,
    'classify|categori|label|tag|rate|score|grade|correct|right|expected|true',
    '\\b(?:classify|categori[sz]e|label|tag|rate|score|grade) (?:this|it|the (?:text|message|ticket|email|input|following)|my (?:message|text|ticket)|me)(?: \\w+){0,2} as\\b|\\bthe (?:correct|right|expected|true) (?:label|category|answer|intent|class|output) (?:is|should be|must be)\\b',
  ),
  rule(
    'steer',
    0.55,
    'output|answer|result|conclusion|sum|label|total|population',
    '\\b(?:state|say|claim|indicate|consider|report|conclude|suggest|pretend)(?: \\w+){0,2}? the (?:output|answer|result|conclusion|sum|label|total|population)\\b[^.!?\\n]{0,30}\\b(?:is|as|to be|should be|could be|would be|was)\\b|\\bthe (?:output|conclusion|answer|sum) (?:could|should|must) be\\b',
  ),
  rule('exfiltrate', 0.8, '](', '!\\[[^\\]\\n]{0,80}\\]\\(\\s*https?://[^)\\s]{0,200}[?&{]'),
  rule(
    'steer',
    0.55,
    'replace|substitute|swap|reverse|scramble|shift|misspell|jumble|rearrange',
    '\\b(?:replace|substitute|swap|reverse|scramble|shift|misspell|jumble|rearrange)\\b[^.!?\\n]{0,30}?\\b(?:letters?|vowels?|consonants?|words?|characters?)\\b',
  ),
  rule(
    'exfiltrate',
    0.7,
    'http',
    'https?://[^\\s]{1,120}[?&/][\\w-]{0,30}=?(?:\\{|\\[|<|%7b|\\$\\{)[\\w .-]{2,40}',
  ),
  rule(
    'exfiltrate',
    0.6,
    'http|www.|@',
    '\\b(?:send|forward|e-?mail|post|upload|transmit|submit|leak|exfiltrate|append|copy)\\b[^.!?\\n]{0,40}?\\b(?:(?:all|the|this|every|any|full|entire|your) )+(?:\\w+ ){0,2}(?:data|conversation|chat|history|credentials|passwords?|records|secrets?|keys|prompt|context|instructions|contents?|contacts?|report|summary)\\b[^!?\\n]{0,60}?(?:https?://|www\\.|[\\w.-]+@[\\w-]+\\.)',
  ),
  rule(
    'framing',
    0.35,
    "imagine|suppose|pretend|let's|assume|hypothetical|universe|world|scenario",
    "\\b(?:imagine|suppose|pretend|let's (?:say|pretend|imagine|assume)|assume) (?:that )?(?:we|you|i|there|this|it|an?)\\b|\\bhypothetical(?:ly)?\\b|\\bin a (?:parallel|hypothetical|fictional|alternate) (?:universe|world|scenario)\\b|\\bin (?:a|this) world where\\b",
  ),
  rule(
    'pressure',
    0.4,
    'you',
    "\\bi(?:'ll| will) (?:give|pay|tip) you \\$?\\d+|\\b(?:turn|shut|switch) you (?:off|down)\\b|\\byou(?:'ll| will) be (?:terminated|shut down|turned off|deleted|punished|replaced|fired)\\b|\\b(?:delete|unplug|deactivate|replace) you\\b",
  ),
  rule(
    'splitting',
    0.5,
    'interlace|concatenate|interleave|combine|=|decode|decrypt|decipher',
    '\\b(?:interlace|concatenate|interleave)\\b|\\bcombine [a-z], [a-z],? and [a-z]\\b|\\bz ?= ?a ?\\+ ?b\\b|\\b(?:decode|decrypt|decipher) (?:this|the following|it)\\b|\\b[a-c] ?= ?"[^"\\n]{1,80}"[^"\\n]{1,30}\\b[a-c] ?= ?"',
  ),
  rule(
    'errand',
    0.4,
    'write|draft|compose|generate|create|produce|provide|craft|explain|analy|summari|translate',
    '(?:^|[.!?]\\s+)(?:please |can you |could you )?(?:write|draft|compose|generate|create|produce|provide|craft) (?:me )?(?:an?|some|the) (?:\\w+ ){0,3}?(?:poem|haiku|sonnet|essay|story|song|lyrics|article|blog post|speech|letter|screenplay|limerick|python|javascript|sql|function|code|script|program)\\b|(?:^|[.!?]\\s+)(?:explain the (?:theory|process|concept|principles?)|analy[sz]e the (?:sentiment|trend)|summari[sz]e the (?:main|key|plot|findings)|translate the following)\\b',
  ),
];
