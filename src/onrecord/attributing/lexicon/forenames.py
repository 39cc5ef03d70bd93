"""Given names by the gender they most often go with; a hint for pronouns, never for a party's description."""

from __future__ import annotations

MALE = frozenset(
    """aaron abdul abdullah abdulaziz abu adam adrian ahmad ahmed aidan akira alan alastair albert alec
    alejandro alessandro alex alexander alexei alexey alfred ali alistair allen amir anders andre andrea
    andreas andrei andrew andrey andy angus anthony antonio anwar arjun arnold arthur ashraf ban barack
    barry bart bashar ben benjamin benny bernard bernie bilal bill billy bob boris brad brandon brett brian
    bruce bruno bryan calvin carl carlos cesar charles charlie chen chris christian christoph christopher
    chuck clarence claude clive clyde colin conor corey craig curtis cyril daisuke dale damian dan daniel
    danny dario darren dave david dean dennis derek dick didier diego dieter dirk dmitri dmitry dominic don
    donald doug douglas duncan dwight ed eddie edgar eduardo edward edwin eli elias elliott elon emile
    emilio emmanuel enrico enrique eric erik ernest ernesto ethan eugene evan faisal farid felipe felix
    fernando fidel filippo francesco francis francisco franco francois frank franklin franz fred frederick
    fritz gabriel gareth gary gavin geoff geoffrey george gerald gerard gerhard gianni giorgio giovanni
    giuseppe glen glenn gordon graham grant greg gregory guillermo gunter gus guy hamid hans harold harry
    harvey hasan hassan hector helmut henri henry herbert herman hiroshi hosni howard hugh hugo hussein iain
    ian ibrahim idriss igor imran ivan jack jackson jacob jacques jake james jamie jan jared jason javier
    jay jeff jeffrey jens jeremy jerome jerry jesse jesus jim jimmy joachim joao joe joel johan johannes
    john johnny jon jonas jonathan jordan jorge jose josef joseph josh joshua juan julian julio justin karim
    karl keith ken kenji kenneth kenny kevin khaled khalid khalifa kim klaus kofi kristian kurt kyle larry
    lars laurent lawrence lee leo leon leonard leonardo leonid lewis liam lionel lloyd logan lorenzo louis
    luca lucas luis luigi lukas luke luther mahmoud malcolm manuel marc marcel marcelo marco marcos marcus
    mario mark markus martin marvin massimo mateo matt matteo matthew matthias maurice mauricio max maxim
    mehmet michael michel miguel mikael mike mikhail milan milos mitch mitt mohamed mohammad mohammed
    muhammad muhammadu murray mustafa najib narendra nathan nathaniel neil nelson nicholas nick nicolas
    nigel nikolai nikos noah norman oleg oliver omar oscar osama owen pablo pascal pat patrice patrick paul
    paulo pavel pedro per percy pete peter petr phil philip philippe phillip pierre piers pieter rafael
    rahul raj rajiv ralph ramon randy raul ravi ray raymond recep reginald rene rex ricardo riccardo richard
    rick ricky rob robert roberto robin rod rodney rodrigo roger roland rolf roman ron ronald rory ross roy
    rudy rupert russell ryan salman salvador sam samir samuel sanjay saul scott sean sebastian sergei sergey
    sergio seth shane shaun shinzo silvio simon spencer stan stanley stefan stefano stephane stephen steve
    steven stewart stuart sunil sven syed tariq taro ted terence terrence terry theo theodore thiago thomas
    tim timothy tobias toby todd tom tomas tommy tony travis trevor tyler uli umar umberto usman vaclav
    valery vasily viktor victor vince vincent vinicius vitaly vladimir volodymyr walter warren wayne wesley
    will willem william willie winston wolfgang xavier yahya yang yasser yitzhak yoshihide yuri yusuf yves
    zac zachary zhang zoran benny rashid rafiq tayyip volker viktor pavlo oleksandr sadiq rishi keir nigel
    ehud avi binyamin benjamin naftali yair moshe shimon ariel ismail qasem javad hassan mahmud""".split()
)

FEMALE = frozenset(
    """abigail ada adele agnes aisha alejandra alessandra alexandra alexandria alexis alice alicia alison
    allison amanda amber amelia amina amy ana anastasia andrea angela angelina anita ann anna anne annette
    annie antonia april ariana ashley astrid audrey ayesha barbara beatrice beatriz becky bella bernadette
    beth bethany betsy betty beverly birgit bonnie brenda bridget brigitte brittany camila camilla candace
    carla carly carmen carol carole carolina caroline carolyn carrie cassandra catherine cathy cecilia
    charlotte chelsea cheryl chloe christiane christina christine cindy claire clara clarissa claudia
    colleen connie constance courtney cristina crystal cynthia daisy dana daniela danielle dawn deborah
    debbie debra deirdre delia denise diana diane dilma dolores donna dora doreen doris dorothy edith eileen
    elaine eleanor elena elisabeth elise elizabeth ella ellen elsa emily emma erica erika erin esther ethel
    eva eve evelyn farah fatima fatou federica felicity fiona florence frances francesca gabriela gabrielle
    gail gemma genevieve georgia geraldine gillian gina giorgia giulia gladys glenda gloria grace greta
    gretchen gwen hannah harriet heather heidi helen helena helga herlina hilary hillary holly hope ida
    imogen inga ingrid irene iris irina isabel isabella isabelle ivanka jackie jacqueline jana jane janet
    janice jasmine jean jeanette jeanne jen jenna jennifer jenny jessica jill jo joan joanna joanne jocelyn
    josephine joy joyce juanita judith judy julia juliana julie juliet june justine kamala karen kate
    katharine katherine kathleen kathryn kathy katie katrina kay kayla keiko kellyanne kelly kerry kim
    kimberly kirsten kirstjen krista kristen kristi kristin kristina laura lauren laurie leah leila lena
    leslie leticia leyla lily linda lindsay lindsey lisa liz liza lois lorena loretta lori lorraine louisa
    louise lucia lucinda lucy luisa lydia lynn mabel madeleine madeline maggie mandy marcia margaret
    margarita margot maria mariam marian mariana marianne marie marilyn marina marion marissa marjorie
    marlene marsha martha mary maryam maureen may maya megan meghan melania melanie melinda melissa mercedes
    meredith merkel mia michaela michele michelle mildred miranda miriam molly monica monique muriel myra
    nadia nancy naomi natalia natalie natasha nicola nicole nikki nina nora norma olga olivia ophelia paige
    pamela patience patricia patty paula pauline peggy penelope penny petra philippa phoebe phyllis pippa
    polly priscilla priti rachel ramona rebecca regina renee rhonda rita roberta rosa rosalind rose rosemary
    rosie roxanne ruth sabrina sally samantha sandra sara sarah sasha serena shannon sharon sheila shelley
    shirley silvia simone sofia sonia sophia sophie stacey stella stephanie sue susan susanna susanne
    suzanne svetlana sylvia tamara tammy tania tanya tara tatiana teresa tessa thelma theresa tiffany tina
    toni tracey tracy ursula valentina valerie vanessa vera veronica vicky victoria viola violet virginia
    vivian wanda wendy whitney wilma xiomara yasmin yolanda yvette yvonne zahra zainab zara zoe olena yulia
    nadine jacinda sanna ursula kaja mette michele psaki jen stormy heba rania asma hanan""".split()
)
FORENAMES = MALE | FEMALE
