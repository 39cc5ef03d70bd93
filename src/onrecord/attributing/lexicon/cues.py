"""Stems and phrases that tell an act, a hedge or terms of anonymity."""

from __future__ import annotations

SILENT_VERBS = (
    r"comment(?:ed)?|elaborated?|respond(?:ed)?|repl(?:y|ied)|answer(?:ed)?|return(?:ed)?|given any|provided any|"
    r"disclosed|mentioned|explain(?:ed)?|weigh(?:ed)? in|"
    r"have (?:a|an|any|any further|further) (?:comments?|information|details?|statements?|updates?|response|answers?)|"
    r"put a (?:figure|number)|"
    r"release(?:d)? (?:a|an|any)|disclose|specify|predict|reveal|mention|discuss|list|address|identify|name|"
    r"speculate|divulge|talk|speak|"
    r"spoken (?:much )?(?:about|of|on)|discussed|addressed|publish(?:ed)?|"
    r"engage|take part|(?:even )?take (?:our|any|the) (?:calls?|questions?)|clarify|"
    r"go into|be drawn|weigh in|give|provide|list|offer|make (?:a|any) (?:public "
    r")?(?:statement|comment)|"
    r"made (?:a|any) (?:public )?(?:statement|comment)|say(?! (?:that|it|he|she|they|the|there))"
)
DENIAL_STEMS = (
    r"den(?:y|ies|ied|ying|ial|ials)|disput\w+|reject\w*|refut\w+|rebut\w*|rebuff\w*|dismiss\w*|contradict\w*|"
    r"debunk\w*|"
    r"disavow\w*|repudiat\w+|rul(?:e|es|ed|ing) out|contest(?:s|ed|ing)?|denounc\w+|shot down|pushed back|push "
    r"back|disagree\w*|"
    r"discount(?:s|ed|ing)|negat\w+|disclaim\w*"
)
CONFIRMATION_STEMS = (
    r"confirm\w*|acknowledg\w+|admit\w*|admission|conced\w+|concession|verif\w+|corroborat\w+|authenticat\w+|affirm\w*|"
    r"bear out|bore out|bears out|own(?:s|ed)? up"
)
RETRACTION_STEMS = (
    r"retract\w*|recant\w*|with(?:draw|drew|draws|drawn|drawing)\b|walk(?:s|ed|ing)? back|back(?:s|ed|"
    r"ing)?[- ]?track\w*|took back|takes? back|"
    r"taking back|pull(?:s|ed|ing)? back|misattribut\w+|rescind\w*|"
    r"correct(?:s|ed|ing)?\b(?= its| his| her| their| the| itself| a |$)|"
    r"issue[sd]? an? (?:correction|retraction|clarification)|"
    r"apologi[sz]\w+ for (?:saying|claiming|stating|reporting|telling|publishing|the "
    r"(?:error|claim|statement|report))"
)
DOUBT_STEMS = (
    r"cast(?:s|ing)? (?:\w+ )?doubt|doubt(?:s|ed|ing|ful)?\b|s[ck]eptical|sceptic\w*|skeptic\w*|question(?:s|ed|"
    r"ing)\b(?! whether)|unconvinced|"
    r"play(?:s|ed|ing)? down|downplay\w*|unverified|unconfirmed|(?:was|were|is|are|remain\w*) cautious"
)
ASKING_STEMS = (
    r"ask(?:s|ed|ing)?\b|request(?:s|ed|ing)?\b(?! (?:denied|refused))|"
    r"reach(?:es|ed|ing)? out|contact(?:s|ed|ing)?\b|inquir\w+|enquir\w+|wonder(?:s|ed|ing)?\b|quer(?:y|ies|ied)|"
    r"demand\w* to know|question(?:s|ed|ing)? whether"
)
HEDGES = (
    r"reportedly|allegedly|apparently|purportedly|supposedly|ostensibly|seemingly|(?:is|are|was|were) (?:widely "
    r")?(?:said|thought|believed|understood|"
    r"rumou?red|alleged|reported) to|appear(?:s|ed)? to|seem(?:s|ed)? to|rumou?rs?|unconfirmed reports?|it is "
    r"(?:said|thought|believed|understood)"
)
ANONYMITY = (
    r"(?:who )?(?:spoke|speaking|talked|talking|agreed to (?:speak|talk|be interviewed)|commented|commenting) "
    r"(?:only )?(?:on|under) "
    r"(?:the )?(?:condition|promise|grant) (?:of|that|they|he|she)[^.;”\"]*|"
    r"(?:on|under) (?:the )?(?:condition of|conditions of) (?:anonymity|not being (?:named|identified))[^.;”\"]*|"
    r"(?:who )?(?:spoke|speaking|talking) (?:anonymously|on background|off the record)[^.;”\"]*|"
    r"(?:who )?(?:asked|asking|requested|requesting|wished|preferred|wanted|insisted|insisting|spoke) (?:on "
    r")?(?:not to be|to not be|to remain|to stay|to be|that (?:he|she|they) not be|"
    r"that (?:his|her|their) names? not be|anonymity|remaining) ?(?:named|identified|quoted|anonymous|unnamed|"
    r"used)?[^.;,”\"]*|"
    r"who (?:was|were|is|are) not (?:authori[sz]ed|permitted|allowed|cleared) to[^.;”\"]*|"
    r"(?:because|as|since) (?:he|she|they|the (?:person|source|official|matter)s?) (?:was|were|is|are)(?: not|"
    r"n['’]t)? (?:authori[sz]ed|permitted|allowed|cleared) to[^.;”\"]*|"
    r"who (?:did not|didn['’]t|do not|don['’]t|would not|declined to) (?:want to be|wish to be|be) (?:named|"
    r"identified)[^.;”\"]*|"
    r"who (?:cannot|could not|can['’]t|couldn['’]t) be (?:named|identified)[^.;”\"]*"
)
