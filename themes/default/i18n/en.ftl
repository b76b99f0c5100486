## Frame

skip = Skip to content
nav-label = Main
nav-boards = Boards
nav-models = Models
nav-benchmarks = Benchmarks
nav-articles = Articles
nav-about = About
languages-label = Language
repository = Source
script-theme-label = Theme: { $theme }
script-auto = auto
script-light = light
script-dark = dark
script-sort-by = Sort by { $column }
script-sorted = Sorted by { $column }, { $direction }; rows: { $rows }
script-ascending = ascending
script-descending = descending
script-filter = Filter
script-filtered = Rows shown: { $rows }

## Search

script-search = Search
script-search-placeholder = Model, benchmark, board, any words
script-search-close = Close the search
script-search-results = Results
script-search-help = Names, other names and every text of this site. Arrow keys choose, Enter opens.
script-search-board = Boards
script-search-model = Models
script-search-benchmark = Benchmarks
script-search-article = Articles
script-search-more = Show all { $count }
script-search-count = Results: { $count }
script-search-many = The best { $count } results
script-search-none = Nothing here has “{ $query }”.
script-search-instead = Shown for “{ $words }”
script-search-reading = Texts are still being read
script-search-failed = The search could not be loaded.
script-search-and = {" · "}

## Offline

offline-title = Not saved on this device
offline-text = There is no network, and this page has not been opened here before. Pages that have been opened are kept.

## Lists

boards-title = Boards
boards-description = Leaderboards in which only comparable scores share a column, each with its method, data and sources.
models-title = Models
models-description = The facts of each model, its places on the boards, and all its records.
benchmarks-title = Benchmarks
benchmarks-description = What each benchmark measures, how it is scored, and what it must not be confused with.
articles-title = Articles
articles-description = How AI models are evaluated, and how to read the numbers.
latest-articles = Latest articles
all-articles = { $count ->
    [one] The one article of this section
   *[other] All { $count } articles of this section
 }
articles-of-section = { $count ->
    [one] One article.
   *[other] { $count } articles.
 }
pages-label = Pages of this list
count-boards = { $count ->
    [one] board
   *[other] boards
}
count-models = { $count ->
    [one] model
   *[other] models
}
count-benchmarks = { $count ->
    [one] benchmark
   *[other] benchmarks
}
count-records = { $count ->
    [one] score with its source
   *[other] scores, each with its source
}
count-columns = { $count ->
    [one] { $count } column
   *[other] { $count } columns
}
count-files = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
ranked-of = { $listed ->
    [one] { $ranked } of { $listed } model ranked
   *[other] { $ranked } of { $listed } models ranked
}
no-card = no card

## Tables

place = Place
model = Model
board = Board
organisation = Organisation
column = Column
composite = Composite
composite-mean = Mean
composite-weighted-mean = Weighted mean
composite-chance-normalised-mean = Mean above chance
composite-category-balanced-mean = Balanced mean
composite-mean-win-rate = Win rate
composite-borda = Borda
composite-pooled-sd-distance = Distance
composite-latent-ability = Ability
rank-interval = 95% range
coverage = Coverage
claimed = claimed by the model’s maker
partial = measured on part of the items
missing = no data
legend-label = Signs in the table
legend-heat = paler to darker: lower to higher within the column
legend-best-mark = Bold
legend-best = best of the column
legend-beside-mark = Italic head
legend-shared = place shared
legend-range = places the model may truly have (95%, all models together)
table-caption = { $board }: places and scores
benchmark = Benchmark
metric = Metric
value = Value
unit = Unit
direction = Direction
protocol = Protocol
standard-error = Std. error
items = Items
source-place = Place in the file
weight = Weight
chance = Chance
role-beside = shown, not ranked
not-stated = not stated

## Notices

notices = Notices
notices-rule = A withdrawn score stays visible, struck through, and counts for nothing: not for a composite or a place, not as the best of a column. A disputed score counts until the dispute is settled. A contaminated one, where somebody states that training and test data overlap, counts as well: disclosure never costs a place.
notice-withdrawn = withdrawn
notice-disputed = disputed
notice-contaminated = contaminated
notice-since = since { $date }
notice-until = settled { $date }
notice-source = Details

## Charts

chart-composite = { $board }: composite, { $shown } of { $all } ranked models
chart-column = { $board }: { $column }, { $shown } of { $all } models
chart-chance = guessing

## Board

within-label = On this page
within-table = Table
within-chart = Chart
within-certainty = How sure
within-beside = Not compared
within-method = Method
within-data = Data
beside-title = Records that are not compared
beside-intro = { $count ->
    [one] One record belongs to a column’s benchmark but was measured differently, so it is listed here and ranks nowhere.
   *[other] { $count } records belong to the columns’ benchmarks but were measured differently, so they are listed here and rank nowhere.
}
beside-open = { $count ->
    [one] Show { $count } record
   *[other] Show all { $count } records
}
beside-why = Difference: column → record
but-found = , but this record:
subset-mean = { $count ->
    [one] { $count } subset
   *[other] mean over { $count } subsets
}

status-ranked = ranked
status-unranked = not ranked
status-below-coverage = too few scores
status-excluded = excluded
status-ineligible = not eligible

aggregate-mean = Arithmetic mean
aggregate-weighted-mean = Weighted mean
aggregate-chance-normalised-mean = Mean above chance
aggregate-category-balanced-mean = Category-balanced mean
aggregate-mean-win-rate = Mean win rate
aggregate-borda = Borda count
aggregate-pooled-sd-distance = Distance in standard deviations
aggregate-latent-ability = Latent ability
aggregate-none = No composite
aggregate-mean-formula = The composite is the arithmetic mean of the ranked columns that have a score: (x₁ + … + xₙ) / n.
aggregate-weighted-mean-formula = The composite is the weighted mean of the ranked columns that have a score: (w₁x₁ + … + wₙxₙ) / (w₁ + … + wₙ), with the weights below.
aggregate-chance-normalised-mean-formula = Each score x is rescaled so that guessing gives 0 and a perfect score 100: max(0, (x − c) / (100 − c) · 100), where c is the score of guessing; the composite is the arithmetic mean of the results. The rule is that of the Open LLM Leaderboard v2 (its documentation, “Scores Normalization”). The columns show the scores as measured.
aggregate-category-balanced-mean-formula = The composite is the mean over groups of columns of the mean within each group, so that every group counts the same however many columns it has. LiveBench (arXiv:2406.19314) and MTEB’s mean over task types do so.
aggregate-mean-win-rate-formula = In each column a model wins against every ranked model with a worse score, and half against those with the same: (worse + ½ · equal) / (n − 1). The composite is the mean of these shares over the columns, HELM’s rule (arXiv:2211.09110). It depends on which models are in the table, so it must not be compared between tables. Only models with a score in every column are ranked.
aggregate-borda-formula = In each column a model gets a point for every ranked model with a worse score, and half a point for those with the same; the composite is the sum over the columns, MTEB’s Borda count. Unlike there, a missing score does not count as last: only models with a score in every column are ranked. It depends on which models are in the table.
aggregate-pooled-sd-distance-formula = In each column the distance to the best score is measured in the standard deviation s of all scores of the column: 1 + (best − x) / s. The composite is the mean over the columns; 1 is best everywhere, less is better. It is EuroEval’s rank score.
aggregate-latent-ability-formula = Each score is taken for σ(a · (C − D)), with an ability C for the model and a difficulty D and slope a for the column; all are fitted together by least squares with a small penalty, so models with different gaps can be compared. The scale is set by the first column (difficulty 0, slope 1). It is the rule of the Epoch Capabilities Index and assumes one main dimension of ability. The margin of an ability follows from the errors of the model’s own scores, the curves taken as known.
aggregate-none-formula = The columns measure different things and are not combined; the board gives no places.
method-coverage = A place requires scores in at least { $percent }% of the ranked columns. A missing score never counts as zero.
method-coverage-all = A place requires a score in every ranked column. A missing score never counts as zero.
method-ties = Models with equal composites share a place, and the next place is left free. Differences are not tested for significance.
certainty-rule = Models share a place unless a test separates them: all { $family } pairs are judged together at 5%, which asks for a gap of more than { $critical } standard errors. The range is the 95% joint set of places. Equal composites always share a place.
evidence-shared-items = Every ranked score comes with the results of its items, and two models are compared over the items they share.
evidence-some-shared-items = Some models come with the results of their items: two of these are compared over the items they share. Any other pair is compared by the standard errors of the scores, as if each had answered items of its own, which is cautious; such pairs are marked “unpaired”.
evidence-standard-errors = Two models are compared by the standard errors of their scores, as if each had answered items of its own. Since they mostly answered the same items, this is cautious: a paired test over item results would separate more.
evidence-columns = Nothing is known of the errors of the scores. Two models are compared over the columns, as if these were drawn from many benchmarks of their kind: does one lead on nearly all of them? With { $columns } columns that is coarse, and it does not say whether the scores would hold with other items.
evidence-none-aggregate = How sure the places are cannot be said: no errors of single scores are known that carry over to this composite, and its columns are not compared. Places follow the composite alone; no interval is made up.
evidence-none = The data do not say how sure the scores are: there are no item results, standard errors or numbers of items, and too few columns to compare over. Places follow the composite alone; no interval is made up.
basis-items = The standard errors are those of the items.
basis-stated = The standard errors are those the result files state.
basis-count = The standard errors follow from the numbers of items, √(p(1 − p) / n), the most they can be for a score that is the mean of item scores from 0 to 1.
test-mcnemar = The test is the exact McNemar test, with Holm’s correction over all pairs.
test-sign-flip = The test flips the signs of the items’ differences at random (10,000 draws, fixed seed), with Holm’s correction over all pairs.
test-normal = The test is the normal approximation over the shared items, with Holm’s correction over all pairs.
certainty-power = A gap of { $gap } is taken to matter. Neighbours that are not separated are “tied” if the test would have found such a gap four times out of five, and “underpowered” if it would probably have missed it.
certainty-bounds = For models with too few scores, the range gives the places they could have if their gaps were filled with the worst and the best score of each column.
certainty-neighbours = Each model and the one below it
certainty-open = Show each model and the one below it
certainty-lead = Lead
certainty-verdict = Verdict
certainty-detectable = Detectable gap
certainty-items = Items to decide
certainty-without = Place without any one column
certainty-first = First under random weights
certainty-notes = Detectable gap: the smallest true gap that would have been found four times out of five. Items to decide: how many would be needed to confirm a gap as large as this lead. The last column is the share of all possible weightings of the columns under which the model comes first.
certainty-shown = The first { $count } places are shown; the data files have all.
paired = paired
unpaired = unpaired
relation-separated = separated
relation-tied = tied
relation-underpowered = underpowered
relation-not-tested = not tested
certainty-columns = What is left in each column, and who may have seen it
certainty-columns-open = Show what is left in each column, and who may have seen it
certainty-best = Best
certainty-headroom = Headroom
certainty-saturation = Saturation
certainty-after = Models that may have seen it
certainty-before = Cannot have
certainty-undated = Not known
certainty-columns-notes = A model whose training data end after a benchmark was published may have been trained on it; where the end is not stated, the release stands for it. Not knowing is no reproach, and no place depends on it. Saturation says how little the five best scores differ (index of arXiv:2602.16763).
saturation-very-low = very low
saturation-low = low
saturation-moderate = moderate
saturation-high = high
saturation-very-high = very high
method-material = Scores share a column only when metric and unit agree, and so do:
unknown-separate = A score whose file does not state one of these is shown apart and not ranked.
unknown-accept = A score whose file does not state one of these is accepted: the maintainers vouch that it agrees.
method-choose = When several records fit one cell, the choice is, in this order (never the highest):
choose-measured = measured by others before claimed by the maker
choose-latest = the latest date
method-open-weights = Only models with open weights are ranked.
method-closed-weights = Only models without open weights are ranked.
method-kinds = Only models of these kinds are ranked:
method-excluded = Excluded by name:
method-columns = What each column holds
direction-higher = higher is better
direction-lower = lower is better
direction-assumed = higher is better (assumed)

download-csv = the table as CSV
download-json = the board with all details as JSON
sources = Sources
licence-of = Licence: { $licence }
licence-unknown = Licence not stated
retrieved-on = Retrieved { $date }
files-open = { $count ->
    [one] Show { $count } file
   *[other] Show all { $count } files
}
bytes = { $count } B

## Models and benchmarks

not-in-catalog = There is no card for this name yet; it is known only from result files.
aliases = Also written
relatives = Same family
places = Places
records = Records
records-more = { $count ->
    [one] One more record of this file is on its model’s page.
   *[other] { $count } more records of this file are on the pages of their models.
 }
records-intro = Every number as its source wrote it, grouped by file.
no-records = No result file has a score for it yet.
benchmark-method = How it is scored
known-problems = Known problems
not-comparable = Do not confuse with
reporter-measured = measured
reporter-claimed = claimed by the maker
reporter-unknown = reporter unknown
protocol-unknown = protocol not stated
date = Date
retrieved = Retrieved
licence = Licence

field-split = Split
field-shots = Shots
field-prompt = Prompt
field-chat_template = Chat template
field-chain_of_thought = Chain of thought
field-tools = Tools
field-judge = Judge
field-pass_k = k of pass@k
field-filter = Answer filter
field-mode = Mode
field-benchmark_version = Benchmark version
field-dataset_revision = Dataset revision
field-harness = Harness
field-harness_version = Harness version
field-harness_commit = Harness commit
field-limit = Item limit
field-repeats = Samples per item
field-temperature = Temperature
field-max_tokens = Token limit of an answer
field-dataset = Prompts
field-concurrency = Concurrency
field-request_rate = Requests per second
field-input_tokens = Prompt tokens
field-output_tokens = Answer tokens
field-hardware = Hardware
field-engine = Serving engine
field-baseline = Baseline

unit-fraction = fraction
unit-percent = %
unit-points = points
unit-elo = Elo
unit-seconds = s
unit-milliseconds = ms
unit-tokens-per-second = tokens/s
unit-requests-per-second = requests/s
unit-usd = US$
unit-count = count
unit-unknown = not stated

kind-base = Base
kind-chat = Chat
kind-code = Code
kind-embedding = Embedding
kind-vision-language = Vision-language

category-knowledge = Knowledge
category-reasoning = Reasoning
category-mathematics = Mathematics
category-code = Code
category-language = Language
category-truthfulness = Truthfulness
category-instruction = Instruction following
category-dialogue = Dialogue
category-embedding = Embedding
category-multimodal = Multimodal
category-composite = Composite
category-none = Without a category

fact-family = Family
fact-kind = Kind
fact-parameters = Parameters
fact-cutoff = Training data until
fact-released = Released
fact-training-tokens = Training tokens
fact-context = Context, tokens
fact-languages = Languages
fact-licence = Licence
fact-open-weights = Open weights
fact-paper = Paper
fact-code = Code
fact-weights = Weights
fact-category = Category
fact-items = Items
fact-choices = Choices
fact-chance = Score of guessing
fact-published = Published
fact-homepage = Home page
fact-dataset = Dataset
yes = yes
no = no

## Claims

claims = Claimed and measured
claims-intro = What makers state of their models, and what others measured on the same benchmark. Read the differences first: where protocols differ, a gap does not show who is right. What neither side states is not listed, and may differ too. Fractions are shown as percent; a gap is claimed minus measured, with its standard error after ±.
claims-test = { $count ->
    [0] {" "}None of the gaps can be tested.
    [one] {" "}The one gap that can be tested is, at 5%. Beyond noise means that other questions would hardly close it, not that a side is wrong.
   *[other] {" "}{ $count } gaps are tested, at 5% for all together (Holm). Beyond noise means that other questions would hardly close a gap, not that a side is wrong.
}
claims-level = {" "}Gaps are tested at 5% for all of a benchmark together (Holm).
claims-differences = Differences: claimed → measured
claims-but-measured = , but measured with:{" "}
claims-no-difference = none in what is stated
claims-claimed = Claimed
claims-measured = Measured
claims-gap = Gap
claims-verdict = Beyond noise?
claims-source = Measured by
claims-beyond-noise = beyond noise
claims-within-noise = within noise
claims-not-tested = not tested
claims-error-unknown = the measurement’s error is unknown
claims-exact = claim taken as exact
claims-more = { $count ->
    [one] One more comparison is on its model’s page.
   *[other] { $count } more comparisons are on the pages of their models.
}

part-revision = Revision
part-precision = Precision
part-quantisation = Quantisation
part-effort = Reasoning effort
part-scaffold = Scaffold
part-provider = Provider

## Articles

section-evaluation = Evaluation
section-benchmarks = Benchmarks
section-leaderboards = Leaderboards
section-models = Models
section-prompting = Prompting
section-datasets = Datasets
section-serving = Serving
section-news = News
contents = Contents
updated-on = Updated { $date }
untranslated = This article has not been translated yet; the text is in { $language }.
neighbours-label = In this section
previous = Previous
next = Next
source-file = Source of this article
alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
footnotes = Notes
back-to-text = Back to the text

## Battles

rating = Rating
battles = Battles
win-rate = Win rate, %
average-win-rate = Average win rate, %
marks = Notes
count-battles = { $count ->
    [one] { $count } battle
   *[other] { $count } battles
}
rating-caption = { $board }: places and ratings
rating-group = Group { $number } of { $count }: { $models } models, { $battles } battles
rating-groups = No battle connects the models of one group with those of another, so nothing says which group is better. Each has places and ratings of its own, which must not be compared between groups.
rating-at-least = at least { $bound }
rating-at-most = at most { $bound }
legend-rating-margin = half of the 95% interval of the rating
legend-win-rate = draws count as half a win; the average weighs each opponent the same
mark-undefeated = never lost
mark-winless = never won
mark-beyond = held by the prior
mark-only-draws = only draws
mark-few-battles = few battles
lead-of-first = The first is { $gap } ± { $margin } above the second (p { $p } for no difference).
few-title = Models with fewer than { $minimum } battles
few-intro = They are not rated, and their battles do not count.
chart-rating = { $board }: ratings with 95% intervals, { $shown } of { $all } models
chart-history = { $board }: online Elo, battle by battle, from { $first } to { $last }, on one scale; { $shown } of { $all } models. The thin lines are 1000, where all start.
chart-rating-group = { $board }, group { $group }: ratings with 95% intervals, { $shown } of { $all } models
within-wins = Who beat whom
wins-intro = Each cell says how often the model of the row beat that of the column, in percent, a draw being half a win; the small number is how many battles there were.
wins-caption = Wins of the row’s model over the column’s, in percent
wins-shown = The first { $shown } of { $of } models are shown; the data files have every pair.
wins-open = Show who beat whom
within-counts = What counts
counts-caption = Battles that count, and battles that do not
counts-what = Battles
counts-number = Number
counts-share = Share
battles-counted = Counted
battles-decided = Won by one of the two
battles-tied = Ties
battles-both-bad = Ties, both bad
dropped-unreadable = Left out: cannot be read
dropped-against-itself = Left out: a model against itself
dropped-filtered = Left out: another judge or language
dropped-not-anonymous = Left out: not known to be anonymous
dropped-below-minimum = Left out: a model with too few battles
dropped-without-time = Left out: no time
bias-title = Position
bias-first = Standing first is worth { $elo } ± { $margin } Elo to a model: the judges favour the answer on the first side. Where sides were not drawn at random, this tilts the ratings.
bias-second = Standing second is worth { $elo } ± { $margin } Elo to a model: the judges favour the answer on the second side. Where sides were not drawn at random, this tilts the ratings.
bias-none = Whether a model stands first or second makes no difference that the battles could show ({ $elo } ± { $margin } Elo in favour of the first).
elo-warning = This is a history, not a ranking. Online Elo depends on the order of the battles: the same battles in another order give other ratings. Models have no places here.
filter-judge = Only battles of this judge count: { $judge }.
filter-language = Only battles in this language count: { $language }.
filter-anonymous = Only battles count of which it is known that the models’ names were hidden until the vote.
filter-minimum = Only models with at least { $minimum } battles among themselves are rated.
aggregate-bradley-terry = Bradley-Terry
aggregate-elo = Online Elo
aggregate-bradley-terry-formula = Model i beats model j with probability 1 / (1 + 10^((Rⱼ − Rᵢ) / 400)). The ratings R are those under which the battles are most likely, all battles at once, whatever their order (Bradley and Terry 1952); a draw is half a win for each. The mean rating of a group is 1000; only differences mean anything.
bradley-terry-intervals = The 95% intervals come from the robust (sandwich) covariance, which holds for draws too.
bradley-terry-cluster-question = Battles over the same question depend on each other; the intervals allow for it ({ $count } clusters).
bradley-terry-cluster-judge = Battles of the same judge depend on each other; the intervals allow for it ({ $count } clusters).
bradley-terry-cluster-without = { $count } battles say nothing of it, and each counts as a cluster of its own.
bradley-terry-few-clusters = Fewer than forty clusters are too few for the intervals to be trusted.
bradley-terry-ranks = The 95% range has the places that the battles do not rule out: all differences of a group are tested together at 5% (z tests with Holm’s correction). Equal ratings share a place.
bradley-terry-phantom = Where a model never lost or never won, or some models only beat others that never beat them, the battles alone set no finite rating. There every model also plays one draw against a phantom rated 1000, which is then the anchor instead of the mean (Caron and Doucet 2010; Newman 2023). Of a model that never lost or never won, the bound is what the battles themselves support: the rating at which twice the log-likelihood has fallen by 3.84.
elo-formula = All start at 1000. After each battle, in the order of their times, both ratings move by 4 · (s − e), where s is the score (1, ½ or 0) and e = 1 / (1 + 10^((Rⱼ − Rᵢ) / 400)) the expected one (Elo 1978; the constant is the one that Chatbot Arena used).
bradley-terry-sources = Chatbot Arena rates by the same model with the same kind of intervals (Chiang et al. 2024, arXiv:2403.04132).
battles-sources = docs/ranking.md has every rule.
