/** Small words that sentences of a language hardly do without, and that other languages here hardly have. */
export const functionWords: Readonly<Record<string, string>> = {
  English:
    'the is are was were of to and you my i it that this for with have has not what how can do please would from there your',
  German:
    'der die das und ich nicht ist ein eine einen mit auf für wie kann mein meine bitte sie wir habe haben wurde nach auch noch von dem den zu',
  French:
    'le les des une est pas je vous nous mon ma dans pour avec que qui sur ne au du ce cette comment votre suis avez mais et',
  Spanish:
    'el los las una es por para con que mi cómo como está qué no se lo del al yo pero su tengo puedo quiero muy mis y',
  Italian:
    'il gli una è per con che mi non sono della del come ho questo questa posso vorrei mio mia nel di ma anche perché',
  Portuguese:
    'os uma é por para com que meu minha não como está do da em eu você mas foi posso quero dos das ao um',
  Dutch:
    'het een en ik niet is van de met voor mijn kan hoe dat wat zijn op aan heb er maar ook naar bij deze',
  Polish: 'nie się jest na że do mój moja jak co mam czy po dla od ale proszę mogę moje jestem nie',
  Swedish: 'och jag att det är inte en ett på för med min mitt kan hur har som till av var den',
  Turkish: 'bir ve bu için ne nasıl benim var mı mi değil ama çok daha gibi ile ben kadar olarak',
  Indonesian:
    'yang dan di saya tidak untuk dengan ini itu apa bagaimana ada dari ke bisa akan anda sudah',
};
