/** Small words that carry no topic. A word that is neither here nor in a cue nor a name is one we do not understand. */
export const smallWords = new Set(
  (
    'a an the and or but nor so if of to in on at by for with from as into onto up down out off over under about around is are was were be ' +
    "been being am do does did done has have had having can could would should will shall may might must i i'm me my mine we us our ours you " +
    'your yours he she him her his they them their it its this that these those here there who whom whose what which when where why how whats ' +
    "what's who's how's that's isn't aren't don't doesn't didn't hasn't haven't not no yes please thanks thank hi hello hey ok okay just only " +
    'also too very really quite pretty much many more most less least few some any all every each both either than then now right currently ' +
    'today again still yet already ever never well let lets go get got give gave given show tell say said see look want need know think ' +
    'make made like same other another something anything everything thing things one ones kind sort way bit lot come came going put take ' +
    'quick quickly question wonder wondering mean actually exactly such per me vs versus against between because across instead else'
  ).split(' '),
);

/** Words of the trade that cues use: understood, whatever they point to. */
export const knownWords = new Set(
  (
    'score scores scored scoring points point tier tiers tiered rating rated rate rates rank ranked ranks ranking grade graded grades number ' +
    'numbers account accounts company companies customer customers prospect prospects target targets client clients firm firms business ' +
    'businesses lead leads deal deals opportunity opportunities book reason reasons explain explanation breakdown break walk talk through ' +
    'behind worth time call calling good bad great better best worse worst strong weak high low higher lower highest lowest above below top ' +
    'bottom first second third primary nurture excluded exclude list owned owner owns own match matches matching fit fits profile ideal icp ' +
    'criteria criterion criterias weight weights weighted weighting matter matters important importance count counts counted counting trait ' +
    'traits factor factors predict predicts predictor predictors predictive drive drives driver drivers winning win wins won lose losing lost ' +
    'loss losses churn churned churns left leave cancel cancelled buy buys bought history timeline happened story past previous last year ' +
    'month week quarter ago date dates since before after record records recorded data field fields column columns blank empty missing fill ' +
    'filled complete completeness coverage covered source sources conflict conflicts quality trust reliable far back start started outcome ' +
    'outcomes compare compared comparison comparing difference differences differ different differs gap side next stack versus word meaning ' +
    'means stand stands stood define defined definition describe description set look looking looks decide decided pick choose work works ' +
    'priority prioritise prioritize chase pursue focus hot cold early active moving move off use uses using technology tech industry region ' +
    'layer layers learn learnt learned model base lever levers detractor evidence band place bucket number numbers value values dragging drag ' +
    'pulling holding held lifting push pushing hurting helping earn earned deserve total overall current currently level bet candidate ' +
    'person people team ones names name ten five twenty three two four six seven eight nine fifteen fifty details detail summary full whole'
  ).split(' '),
);

/** Endings of company names that people leave out. */
export const companyEndings = new Set(
  'inc incorporated ltd limited llc llp plc gmbh ag sa sas bv nv oy ab as co corp corporation company group holding holdings the'.split(
    ' ',
  ),
);
