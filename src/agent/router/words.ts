const wordsOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Small words that carry no topic. A word that is neither here nor known nor a name is one we do not understand. */
export const smallWords = wordsOf(`
  a an the and or but nor so if of to in on at by for with from as into onto up down out off over under about around is are
  was were be been being am do does did done has have had having can could would should will shall may might must i i'm me
  my mine we us our ours you your yours he she him his her they them their it its this that these those here there who whom
  whose what which when where why how what's who's how's that's it's where's here's there's when's why's let's whats hows
  isn't aren't wasn't weren't don't doesn't didn't hasn't haven't can't won't wouldn't shouldn't couldn't i'd i've i'll we're
  we've we'd we'll you're they're not no yes please pls plz thanks thank thx hi hello hey hm hmm um oh ok okay just only also
  too very really quite pretty much many more most less least few some any all every each both either than then now right
  currently today again still yet already ever never well lets go goes get got give gave given show tell say said see look
  looks looking want need know think make made makes like same other another something anything everything nothing thing
  things one ones kind kinds sort sorts type types way bit lot come came going put take anyone anybody someone somebody
  everyone everybody nobody people quick quickly question wonder wondering mean actually exactly roughly mostly mainly maybe
  perhaps kindly such per vs versus against between because across instead else kinda always often let main until during though although while whereas even else hour hours seems seem seemed keeps keep coming
`);

/** Words of the trade: understood, whatever they point to. */
export const knownWords = wordsOf(`
  score scores scored scoring scorecard point points tier tiers tiered rating rated rate rates rank ranked ranks ranking
  grade graded grades number numbers figure figures result results account accounts company companies customer customers
  prospect prospects target targets client clients firm firms business businesses lead leads deal deals opportunity
  opportunities book reason reasons explain explanation breakdown break walk talk talked spoke met through behind worth time
  effort call calling ring phone visit contact contacted touch touched good bad great better best worse worst strong weak
  high low higher lower highest lowest above below top bottom first second third primary nurture excluded exclude list lists
  shortlist owned owner owns own match matches matching fit fits profile ideal perfect icp criteria criterion criterias
  weight weights weighted weighting matter matters important importance count counts counted counting trait traits factor
  factors predict predicts predictor predictors predictive drive drives driver drivers signal signals carry carries winning
  win wins won lose losing lost loss losses churn churned churns left leave leaving cancel cancelled buy buys bought
  purchase purchased spend spent sign signed renew renewed history timeline story happened happen past previous last year
  month week quarter ago date dates since before after later record records recorded data field fields column columns blank
  empty missing fill filled complete completeness coverage covered source sources conflict conflicts disagree disagrees gaps
  gap holes quality trust rely reliable far back start started long outcome outcomes compare compared comparison comparing
  difference differences differ different differs side next stack word meaning means stand stands stood define defined
  definition describe description set decide decided deciding pick choose work works method formula rule rules judge assess
  based basis rest rests priority prioritise prioritize chase pursue focus follow hot cold warm promising interesting
  attractive solid early active moving move use uses using technology tech industry region headcount size employee employees
  revenue layer rep reps seller sellers sales boss manager ae sdr says said asked told heard guess feel feels thinking thinks yes minutes minute
  meeting meet tomorrow morning afternoon week weeks days day layers learn learnt learned model base lever levers detractor evidence band place bucket level value values
  dragging drag pulling holding held lifting push pushing hurting helping earn earned deserve total overall current bet
  candidate person team names name version summary detail details full whole believe plate patch territory todo crm
  salesforce two three four five six seven eight nine ten fifteen twenty fifty known prefer rather sources
`);

/** Endings of company names that people leave out. */
export const companyEndings = wordsOf(
  'inc incorporated ltd limited llc llp plc gmbh ag sa sas bv nv oy ab as co corp corporation company group holding holdings the',
);
