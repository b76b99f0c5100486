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
script-search-organisation = Organisations
script-search-term = Terms
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
ranked-of-variants = { $ranked } of { $listed } entries ranked, of { $models ->
    [one] one model
   *[other] { $models } models
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
legend-heat = paler to darker: from guessing to a full score (from worst to best where there is no such scale)
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

## Table of a board

state-stand-in = measured otherwise: not compared, not counted
state-possibly-seen = may have seen the benchmark in training
table-pages-label = Pages of this table
table-rows = Rows { $first } to { $last } of { $listed }
legend-ties = place shared, with a bracket: no test tells these rows from the first of them
legend-bar = composite and its 95% interval, all rows on one scale
legend-bar-rating = rating and its 95% interval, all rows on one scale
legend-digits = Scores have no more digits than their standard errors support; where errors are not known, one decimal of a percentage and about three digits of other numbers. Each links to its record, which has all.

## Notices

notices = Notices
notices-rule = A withdrawn score stays visible, struck through, and counts for nothing: not for a composite or a place, not as the best of a column. A disputed score counts until the dispute is settled. A contaminated one, where somebody states that training and test data overlap, counts as well: disclosure never costs a place.
notice-withdrawn = withdrawn
notice-disputed = disputed
notice-contaminated = contaminated
notice-since = since { $date }
notice-until = settled { $date }
notice-source = Details

## Changes

changes-title = Changes
changes-description = What is new, what was withdrawn or disputed, and what moved on the boards and why.
changes-boards = Boards by date
changes-dates = A score counts from the day on which it was measured; where no score of the board states one, from the day on which its source was fetched. Where the scores of a board have several dates, its places are worked out again as of each.
changes-several = { $dates } dates from { $first } to { $last }. At the last one { $moved ->
    [one] { $moved } place moved
   *[other] { $moved } places moved
}; { $reasons ->
    [one] { $reasons } model has
   *[other] { $reasons } models have
} new or changed scores.
changes-one = { $count ->
    [one] Its one dated score has the date { $date }
   *[other] All { $count } dated scores have one date, { $date }
}: there is no earlier state to compare with.
changes-fetched = { $count ->
    [one] Its one score does not say when it was measured, only that it was fetched on { $date }
   *[other] None of its { $count } scores says when it was measured, only that it was fetched on { $date }
}: there is no earlier state to compare with.
changes-none = No score has a date: there is no earlier state to compare with.
changes-undated = { $count } of { $records } scores have no date.
changes-battles = Votes are rated all together; their dates make no earlier places.
changes-what = What moved and why
changes-sources = Sources by date
changes-source = Source
changes-votes = Votes
board-changes-title = { $board }: what moved and why
board-changes-description = Places as of earlier dates, and for each change whether a score was added, corrected or withdrawn.
changes-rule = Each date shows the board from the scores and notices of that day, by the method of today: what the method was then is not known, so no step is a change of method. A score counts from the day on which it was measured; where no score of the board states one, from the day on which its source was fetched. A place that moves within the model’s 95% range is no evidence that the model became better or worse than others.
changes-rule-undated = Scores without a date count from the start.
changes-chosen = The scores have { $dates } dates; { $steps } of them are shown, evenly chosen.
changes-records = { $records ->
    [one] { $records } score
   *[other] { $records } scores
}
changes-undated-count = { $count } without a date
changes-places = Places by date
changes-more-models = { $count ->
    [one] One more ranked model is not listed.
   *[other] { $count } more ranked models are not listed.
}
changes-steps = Date by date
changes-then = The board then
changes-today = The board today
changes-dates-label = Dates
changes-first = The first date: nothing to compare with.
changes-more-scores = { $count ->
    [one] and one more score
   *[other] and { $count } more scores
}
changes-nothing = No score on the board changed, and no place.
changes-of = What changed on { $date }
changes-why = Why
changes-new = new
changes-new-unranked = new, without a place
changes-same = { $place }, as before
changes-to = to
changes-within = within the range: no evidence
changes-more = { $count ->
    [one] One more change is not listed.
   *[other] { $count } more changes are not listed.
}
cause-added = { $column }: { $after } added
cause-corrected = { $column }: { $before } corrected to { $after }
cause-replaced = { $column }: { $before } → { $after }, a newer record
cause-withdrawn = { $column }: { $before } withdrawn
cause-restored = { $column }: { $after } counts again
cause-joined = { $column }: { $after } is now comparable with most others
cause-set-aside = { $column }: { $before } is no longer comparable with most others
cause-others = only others changed
board-at-title = { $board }, as of { $date }
board-at-description = The places that the scores known by { $date } give, by the method of today.
changes-past = This is the board as of { $date }. Scores that came later are left out.

## Charts

chart-composite = { $board }: composite, { $more ->
    [0] { $all }
   *[other] the first { $shown } of { $all }
} ranked models
chart-column = { $board }: { $column }, { $more ->
    [0] { $all }
   *[other] the best { $shown } of { $all }
} models
chart-ties = . Shaded: models that share a place.
chart-chance = guessing
chart-unit = { $name } ({ $unit })
chart-interval = 95% interval
chart-data = Data of the chart
chart-data-of = Data: { $chart }
chart-size-title = Score and size
chart-released-title = Score and release date
chart-verdicts-title = Who is better than whom, beyond noise
chart-stability-title = How firm the places are
chart-coverage-title = Which scores are there
chart-size = { $board }: score and number of parameters of { $shown } of { $all } ranked models{ $unknown ->
    [0] {"."}
   *[other] ; the size of { $unknown } more is not known.
} Mixtures of experts count whole.
chart-released = { $board }: score and release date of { $shown } of { $all } ranked models{ $unknown ->
    [0] {"."}
   *[other] ; the date of { $unknown } more is not known.
}
chart-drawn = {" "}Drawn are the models on the frontier, then the first by place.
chart-released-column = { $board }, { $column }: score and release date of { $shown } of { $all } models{ $unknown ->
    [0] {"."}
   *[other] ; the date of { $unknown } more is not known.
}
chart-frontier = {" "}Line: the best so far from left to right. Filled dots: no model at or before that point is better beyond noise.
chart-frontier-without-noise = {" "}Line: the best so far from left to right. Filled dots: no model at or before that point is better; nothing is known of noise.
chart-lower = { $name }, { direction-lower }
chart-columns-title = { $y } and { $x }
chart-columns = { $board }: { $y } over { $x } of { $shown } of { $all } models{ $unknown ->
    [0] {""}
    [one] ; one lacks one of the two
   *[other] ; { $unknown } lack one of the two
}.
chart-frontier-columns = {" "}Line: the best to be had without giving up more of the other. Filled dots: no model is better beyond noise in one of the two and no worse in the other.
chart-frontier-columns-without-noise = {" "}Line: the best to be had without giving up more of the other. Filled dots: no model is better in one of the two and no worse in the other; of one or both nothing is known of noise.
chart-frontier-is = Frontier: { $models }
chart-on-frontier = On the frontier
chart-axis-size = Parameters (B = 10⁹, logarithmic)
chart-verdicts = { $board }: the first { $shown } of { $all } ranked models, row against column. All pairs were tested together at 5%.
chart-verdicts-are = Better than, by number: { $models }
chart-better = better than
chart-cannot-tell = cannot tell from
chart-worse = worse than
chart-number = No.
chart-stability = { $board }: the first { $shown } of { $all } ranked models. Dots: the plain order by composite, also among models that share a place. Right: how often a model is first when the columns are weighted at random.
chart-first = first
chart-order = Order by composite
chart-coverage = { $board }: { $columns } of { $columns-of } columns, { $more ->
    [0] { $all }
   *[other] the first { $shown } of { $all }
} models
chart-coverage-is = { $measured } of { $cells } cells are measured.
chart-beside = other protocol
chart-claims = { $of }: claims and measurements, the largest gaps first ({ $shown } of { $all }). * beyond noise. A gap across protocols says nothing of either side: see the differences in the table.
chart-places = { $board }: the places of { $more ->
    [0] { $all } models
   *[other] the { $shown } models that stand highest at the last date ({ $all } in all)
} from { $first } to { $last }, the dates evenly spaced. In colour: the three on top. A line is broken where a model has no place.
chart-places-shared = {" "}Shaded: models that share a place, drawn one below the other from that place down.
chart-places-closer = {" "}Places after { $place } are drawn closer together.
chart-last-rating = Last rating
chart-lowest = Lowest
chart-highest = Highest
script-chart-line = { $head }: { $cell }
script-chart-save = Save “{ $chart }” as { $kind }
script-chart-tools = This chart
script-chart-enlarge = Enlarge
script-chart-close = Close
script-chart-closer = Zoom in
script-chart-farther = Zoom out

## Board

within-label = On this page
within-table = Table
within-chart = Charts
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
test-sign-flip-clusters = The test flips the signs of the differences, those of a cluster of items together (10,000 draws, fixed seed; all patterns of up to 13 clusters), with Holm’s correction over all pairs.
test-normal = The test is the normal approximation over the shared items, with Holm’s correction over all pairs.
certainty-joined = Some items stand in two columns; each is one unit of the composite’s error and of the tests.
certainty-power = A gap of { $gap } is taken to matter. Neighbours that are not separated are “tied” if the test would have found such a gap four times out of five, and “underpowered” if it would probably have missed it.
certainty-bounds = For models with too few scores, the range gives the places they could have if their gaps were filled with the worst and the best score of each column.
certainty-neighbours = Each model and the one below it
certainty-open = Show each model and the one below it
certainty-lead = Lead
certainty-verdict = Verdict
certainty-detectable = Detectable gap
certainty-items = Items to decide
certainty-without = Order without any one column
certainty-first = First under random weights
certainty-notes = Detectable gap: the smallest true gap that would have been found four times out of five. Items to decide: how many would be needed to confirm a gap as large as this lead. Order without any one column: where the model stands in the plain order by the composite of the other columns, in which noise makes no places shared. The last column is the share of all possible weightings of the columns under which the model comes first.
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
method-clusters = Items that belong together depend on each other. Their errors are reckoned over clusters: SE² = G / (G − 1) · Σ (Σ (s − s̄))² / n², the inner sum over the items of one of G clusters (Liang and Zeger 1986; for evaluations Miller, arXiv:2411.00640). Where two models are compared over shared items, whole clusters change their signs.
method-clusters-of = { $column }, by { $by }: items whose ids agree before the last “{ $separator }” form a cluster.
method-clusters-same = { $column }, by { $by }: items with one id in several parts of the benchmark form a cluster.
method-clusters-count = The score with the fewest has { $clusters } clusters, of { $items } items.
method-clusters-few = With fewer than 40 clusters such standard errors come out too small on average; none is taken smaller than for independent items.
method-unclustered = { $column }: items belong together by { $by }, but there are no results of single items to reckon with. The errors take them for independent, and are probably too small.
method-material = Scores share a column only when metric and unit agree, and so do:
method-material-own = Some columns have a list of their own; what the scores of each agree on is below.
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

## Table script

script-state-withdrawn = { notice-withdrawn }
script-state-disputed = { notice-disputed }
script-state-contaminated = { notice-contaminated }
script-notice = since { $date }: { $reason }
script-notice-source = { notice-source }
script-state-claimed = { claimed }
script-state-partial = { partial }
script-state-stand-in = { state-stand-in }
script-state-possibly-seen = { state-possibly-seen }
script-status-below-coverage = { status-below-coverage }
script-status-excluded = { status-excluded }
script-status-ineligible = { status-ineligible }
script-not-stated = { not-stated }
script-other-columns = Other columns
script-query-label = Search the table
script-query-placeholder = Model, organisation, size:<10 …
script-query-open-quote = A quotation mark is not closed.
script-query-no-value = After “{ $term }” a value is missing.
script-query-no-colon = “{ $term }” is written with a colon: { $meant }.
script-query-no-field = There is no field “{ $field }”; put the words in quotes to look for them.
script-query-no-number = “{ $term }” needs a number, such as <10 or 3..9.
script-query-no-date = “{ $term }” needs a date, such as >2024-01.
script-query-help-open = How to search
script-query-help = Words are looked for in models, variants and organisations. Fields narrow it down; several terms must all hold.
script-query-help-org = organisation
script-query-help-type = type: base, chat, code, embedding
script-query-help-size = parameters in billions; also >=7, 3..9
script-query-help-licence = licence
script-query-help-lang = a language of the model
script-query-help-released = released after January 2024; released:2024 for the year
script-query-help-column = score in a column, by its benchmark or its name
script-query-help-not = without this word; works before fields too
script-query-help-quotes = these words as they stand
script-facets = Filters
script-facet-type = Type
script-facet-size = Parameters
script-facet-weights = Weights
script-facet-licence = Licence
script-facet-org = Organisation
script-facet-lang = Languages
script-facet-year = Released
script-weights-open = open
script-weights-closed = closed
script-columns = Columns
script-list-comma = { ", " }
script-only = Show
script-only-all = all columns
script-density = Rows
script-density-compact = compact
script-density-normal = normal
script-density-roomy = roomy
script-copy-link = Copy link
script-link-copied = Link copied
script-link-in-address = Copy it from the address bar
script-reset = Reset
script-no-row = No row matches.
script-all-rows = Show all rows
script-rows-of = { $shown } of { $all } rows
script-chips-label = In force
script-chip = { $name }: { $value }
script-chip-hidden = hidden: { $group }
script-chip-pins = pinned: { $count }
script-chip-weights = own weights
script-chip-remove = (remove)
script-pin = Pin { $model } to the top
script-compare-pinned = Compare the pinned models
script-weights = Weights
script-weights-intro = How much should each column count? 1 counts as the board has it, 0 leaves the column out, 2 counts twice. The table is ranked anew at once.
script-weight-of = Weight of { $column }
script-weight-mixed = mixed
script-weights-reset = Back to the board’s weights
script-weights-same = These are the board’s own weights.
script-weights-none = No column counts, so nothing is ranked.
script-weights-formula = Composite = ({ $terms }) ÷ { $total }, over the scores that are there.
script-weights-formula-chance = Composite = ({ $terms }) ÷ { $total }, over the scores that are there, each rescaled so that guessing gives 0 and everything right 100.
script-weights-coverage = A row needs scores in { $percent }% of the columns that count; rows with fewer have no place, and the places their gaps could hide are not reckoned here.
script-weights-evidence-none = Too little is known of the errors of these scores to test them, so places follow the number alone.
script-weights-evidence-columns = Rows share a place unless they differ over the columns by more than { $critical } standard errors (95% for all pairs together, Šidák with Student’s t), as on the board.
script-weights-evidence-simulated = Rows share a place unless they differ by more than { $critical } standard errors: 95% for all pairs together, by simulation with step-down as on the board, with draws of its own, so that a pair on the very edge may fall on the other side.
script-weights-evidence-bound = Rows share a place unless they differ by more than { $critical } standard errors (95% for all pairs together, Tukey and Kramer), as on the board.
script-weights-not-shared = The board compares models over the items they share; here only the standard errors are at hand, which separates fewer of them.
script-weights-gaps = No ranges of places are shown, since some rows have gaps.
script-own-weights = Your own weighting.
script-own-weights-note = Places and composites are not the board’s.
script-metric = { metric }
script-unit = { unit }
script-direction = { direction }
script-lower-is-better = { direction-lower }
script-higher-is-better = { direction-higher }
script-items = { items }
script-chance = { fact-chance }
script-published = { fact-published }
script-counts = In the composite
script-counts-weight = weight { $weight }
script-counts-not = { role-beside }
script-own-weight = Your weight
script-problems = Known problems
script-to-benchmark = About this benchmark
script-standard-error = { standard-error }
script-basis-items = from the scores of the items
script-basis-stated = stated by the file
script-basis-count = from the number of items
script-error-unknown = not known
script-interval = 95% interval
script-protocol = { protocol }
script-reporter = Reported
script-reporter-measured = { reporter-measured }
script-reporter-claimed = { reporter-claimed }
script-reporter-unknown = { reporter-unknown }
script-date = { date }
script-source = Source
script-retrieved = Retrieved
script-file = File
script-source-place = { source-place }
script-place-line = line { $line }, character { $character }
script-licence = { licence }
script-mean-of-records = { $value } is the mean of { $count } records; the first of them:
script-to-record = The record
script-dispute = Dispute this number
script-dispute-copy = Copy the facts for a dispute
script-dispute-copied = Copied
script-dispute-title = Disputed: { $what }
script-dispute-body = What is wrong, and how you know:
script-written = As written
script-record = Record
script-field-split = { field-split }
script-field-shots = { field-shots }
script-field-prompt = { field-prompt }
script-field-chat_template = { field-chat_template }
script-field-chain_of_thought = { field-chain_of_thought }
script-field-tools = { field-tools }
script-field-judge = { field-judge }
script-field-pass_k = { field-pass_k }
script-field-filter = { field-filter }
script-field-mode = { field-mode }
script-field-benchmark_version = { field-benchmark_version }
script-field-dataset_revision = { field-dataset_revision }
script-field-harness = { field-harness }
script-field-harness_version = { field-harness_version }
script-field-harness_commit = { field-harness_commit }
script-field-limit = { field-limit }
script-field-repeats = { field-repeats }
script-field-temperature = { field-temperature }
script-field-max_tokens = { field-max_tokens }
script-field-dataset = { field-dataset }
script-field-concurrency = { field-concurrency }
script-field-request_rate = { field-request_rate }
script-field-input_tokens = { field-input_tokens }
script-field-output_tokens = { field-output_tokens }
script-field-hardware = { field-hardware }
script-field-engine = { field-engine }
script-field-baseline = { field-baseline }
script-unit-fraction = { unit-fraction }
script-unit-percent = { unit-percent }
script-unit-points = { unit-points }
script-unit-elo = { unit-elo }
script-unit-seconds = { unit-seconds }
script-unit-milliseconds = { unit-milliseconds }
script-unit-tokens-per-second = { unit-tokens-per-second }
script-unit-requests-per-second = { unit-requests-per-second }
script-unit-usd = { unit-usd }
script-unit-count = { unit-count }
script-unit-unknown = { unit-unknown }
script-kind-base = { kind-base }
script-kind-chat = { kind-chat }
script-kind-code = { kind-code }
script-kind-embedding = { kind-embedding }
script-kind-vision-language = { kind-vision-language }

## Models and benchmarks

not-in-catalog = There is no card for this name yet; it is known only from result files.
aliases = Also written
relatives = Variants and family
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
fact-clusters = Items belong together by
fact-choices = Choices
fact-chance = Score of guessing
fact-published = Published
fact-homepage = Home page
fact-dataset = Dataset
yes = yes
no = no

## Model pages

profile = Against the field
profile-intro = Each score among those of its column on a board: a tick for every model, the dot for this one, its line the 95% interval where the error is known; better is to the right. The counts say how many of the other models did worse, cannot be told from it, and did better. A difference counts when it exceeds noise at 95%, each pair taken by itself.
profile-caption = { $board }: this model’s scores among those of the others
profile-field = Among all scores of the column
profile-worse = Worse
profile-alike = Cannot tell
profile-better = Better
leaders-boards = Left out here: { $count ->
    [one] one more board
   *[other] { $count } more boards
 }. The list at the top has them all.
profile-more = Left out here: { $count ->
    [one] one more board
   *[other] { $count } more boards
 }. The places above list them all.
profile-untested = Where nothing is known of a score’s error there is no line, and the counts go by the number alone.
family = Same family
variants-intro = The records tell these variants of the model apart. Each has a row of its own on a board; none stands for the others.
variant-none = variant not stated
variant-records = { $count ->
    [one] { $count } record
   *[other] { $count } records
}
mentions = Mentioned in
stated-interval = Stated interval
stated-extra = Also stated

## Benchmark pages

fact-organisation = Made by
fact-human = People score
kin = Side by side with what it is not
ways = Ways it was measured
ways-intro = Scores of different lines are scores of different things, even under one name. A line holds the records that agree in source, metric and what their files state of the protocol; values as written.
ways-source = Source
ways-range = Lowest – highest
leaders = Who leads, and since when
leaders-intro = Column by column, for only there do protocols agree. The range holds the places a score may truly have in its column (95%, all models together), so all models whose range begins with 1 may be the best.
leaders-caption = { $board }: the best scores
leaders-tied = { $count ->
    [one] One model is the best beyond noise
   *[other] { $count } models may be the best
}
leaders-untested = The highest scores; their errors are not known
leaders-more = The first { $count } of them are shown.
leaders-headroom = { $points } points short of a perfect score
leaders-parts = { $count ->
    [one] Show the column over a part of the benchmark
   *[other] Show the { $count } columns over parts of the benchmark
}
steps = How the best score rose
steps-caption = { $board }: how the best score rose
steps-gain = Gain
steps-undated = { $count ->
    [one] One model is left out: when it came out is not known.
   *[other] { $count } models are left out: when they came out is not known.
}

## Reference

nav-glossary = Glossary
nav-datasets = Datasets
nav-directory = Leaderboards elsewhere
nav-method = Method
nav-data = Data and API
nav-changes = Changes
more = Look up
more-glossary = Few-shot, pass@k, rank interval: what the words mean.
more-organisations = Who makes the models, and where these stand.
more-datasets = The data behind the benchmarks, and their licences.
more-directory = What other leaderboards measure, and which are still kept.
more-method = How this site compares and ranks, and how sure it is.
more-changes = What is new, what was withdrawn or disputed, and why places moved.
more-data = Every board as CSV and JSON, its sources, and how to cite it.
glossary-title = Glossary
glossary-description = The words of evaluation, each in a few sentences, with where to read on.
glossary-also = also:
topic-protocol = Protocol and prompting
topic-metric = Metrics
topic-ranking = Statistics and ranking
topic-battles = Judges and battles
topic-data = Data and contamination
datasets-title = Datasets
datasets-description = The data behind the benchmarks: where they are, in which languages, under which licence, and which benchmarks use them.
datasets-without = { $count ->
    [one] One benchmark names no dataset.
   *[other] { $count } benchmarks name no dataset.
}
data-title = Data and API
data-description = Every board as a file, under addresses that stay; where the numbers come from, under which terms, and how to cite them.
data-boards = Files
data-boards-intro = Each board is there as a table (CSV) and with all details (JSON). The files are static, come with the site and need no key; in a program, start from the index, which lists all boards with their files.
data-index = Index of all boards (JSON)
data-csv = The CSV of a board of scores
data-csv-intro = UTF-8, a line for each row of the board, quoted as in RFC 4180. Gaps are empty, never 0.
data-json = The JSON of a board of scores
data-json-intro = One object. What many records have alike stands once, in contexts, and records refer to it by index.
data-column = Column
data-key = Key
data-meaning = What it holds
data-battles-intro = The files of boards of battles hold ratings instead of scores: place, model, rating with its interval, the places it may have and the number of battles; in the JSON also the count of each pair.
csv-place = the place, from 1; empty for a row without one
csv-model = the model’s id, the path of its page
csv-name = its name
csv-variant = the parts of the variant, as far as the files tell them apart
csv-composite = the composite, unrounded, in the board’s unit
csv-standard-error = its standard error, where known
csv-range = the 95% rank interval, all models together; of a row with too few scores, the places it could have
csv-covered = how many of the ranked columns have a score, and how many there are
csv-scores = a column for each of the board’s: the benchmark’s id, with the column’s label where it has one; fractions as percent
json-board = id, titles and aggregate of the board
json-evidence = what the intervals rest on, the pairs tested together, and the critical value
json-columns = benchmark, unit, metric, and whether the column counts
json-notices = what is said of records (withdrawn, disputed, contaminated), where there is anything
json-contexts = metric, unit, reporter, date, protocol, and the file: path, SHA-256, bytes, format, source, address, licence, day of retrieval
json-rows = as in the CSV; for each row also the verdict against the next one, and the cells
json-cells = the value in the column’s unit, and the records behind it: as written, the place in the file, the context; null for a gap
data-sources = Sources and their terms
data-sources-intro = The numbers belong to those who measured them. Before you pass on a table, look at the terms of its source.
data-licence = Licence
data-licence-unknown = not stated
data-records = Records
data-files = Files
data-cite = Citing
data-cite-intro = The version below stands for all result files of this site: it changes whenever one of them does. Name it, and anyone can tell whether a table is still the one you saw. Every board and article ends with a reference of its own.
data-version = Data version
data-as-of = Latest retrieval

## Citations

cite-text = Text
cite-board = Cite this board
cite-article = Cite this article
script-cite-copy = Copy
script-cite-copied = Copied
script-cite-not-copied = Not copied: select the text

## Organisations

nav-organisations = Organisations
organisations-title = Organisations
organisations-description = Who makes the models and the benchmarks on this site.
organisation-description = : models, benchmarks and places on the boards.
organisation-models = { $count ->
    [one] { $count } model
   *[other] { $count } models
}
organisation-more-places = { $count ->
    [one] One more place is on the model's page.
   *[other] { $count } more places are on the model's page.
}
organisation-places = The latest first. Each place is one of so many on its board; the range beside it holds the places it may truly have (95%).
by-organisation = By organisation
fact-families = Families
fact-first-released = First model
fact-last-released = Latest model
fact-open-models = Open weights

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

## Compare

nav-compare = Compare
compare-title = Compare models
compare-description = Up to six models of one board side by side. For each benchmark: which is better, or that the data cannot tell, and how large a difference they would have shown.
compare-relatives = Compare them on one board
compare-needs-script = Choosing models takes JavaScript, which is off here. The boards below can be read without it: each says which of its models a test separates, and by how much.
compare-method = How models are compared
compare-method-cells = Only scores of one column are compared, and a board puts only scores under the same protocol into a column. Where lower is better, the lower score wins.
compare-method-test = Each difference gets a two-sided test from the standard errors of both scores, as if each model had answered items of its own. Since they mostly answered the same items, this is cautious.
compare-method-items = Where a run wrote down each item, and items do not belong together in clusters, two models are compared over the items they share, by the exact McNemar test on those that only one of them has right. Such verdicts say “paired”.
compare-method-family = All comparisons that the page shows, each pair in each ranked column, are tested together by Holm’s procedure: the chance of any wrong “better” among them is at most 5%. More models or columns ask more of each.
compare-method-detectable = “Cannot tell” does not mean equal. The detectable gap is the smallest true difference that the test would have found four times out of five.
compare-method-untested = Where the error of a score is not known, nothing is tested and no winner is named.
compare-method-composite = The overall verdict is the board’s own: all of its pairs are tested together, whichever models are chosen here.
compare-method-battles = Where battles rank the models, ratings are compared by the board’s own ranges of places, and below stands how the chosen models did against each other.
compare-boards = The models of one board are compared, for each rests on its own data. A board of battles without one ranking of all its models is not in the list.
compare-models = { $count ->
    [one] { $count } model
   *[other] { $count } models
}
script-compare-board = Board
script-compare-model = Model
script-compare-add = Add a model
script-compare-chosen = Models compared
script-compare-reference = reference
script-compare-as-reference = as reference
script-compare-remove = Remove { $model }
script-compare-full = { $most } at most
script-compare-hint = Choose two to { $most } models of the board.
script-compare-first = The first three
script-compare-neighbours = With its neighbours
script-compare-nothing = No model found
script-compare-failed = The board’s data could not be loaded.
script-compare-announce = Compared: { $models }
script-compare-copy = Copy link
script-compare-copied = Copied
script-compare-not-copied = Not copied: take it from the address bar
script-compare-csv = Download CSV
script-compare-to-board = To the board
script-compare-missing = no data
script-compare-unranked = unranked
script-compare-overall = Overall
script-compare-by-standard-errors = The board tests all its pairs together, from the standard errors of the scores: a difference must exceed { $critical } standard errors of it.
script-compare-by-shared-items = The board tests all its pairs together, over the items they share. Two whose items are not known differ where their 95% ranges of places do not meet.
script-compare-by-columns = Nothing is known of the errors of the scores, so the board compares over the columns, as if these were drawn from many of their kind: a difference must exceed { $critical } standard errors of it.
script-compare-by-ranges = Two models differ where their 95% ranges of places, which the board finds for all its models together, do not meet.
script-compare-by-none = The data do not say how sure the composites are: nothing is tested.
script-compare-place = Place
script-compare-range = 95% range
script-compare-composite = Composite
script-compare-rating = { rating }
script-compare-duels = Head to head
script-compare-duels-intro = How often the row’s model beat the column’s, drew with it and lost to it; a draw is half a win in the share. Two models that seldom met are told apart by those both met, so the ratings decide and not this table.
script-compare-duel = won: { $won }, drawn: { $drawn }, lost: { $lost }
script-compare-covered = Columns
script-compare-difference = Difference
script-compare-verdict = Verdict
script-compare-detectable = Detectable gap
script-compare-better = better
script-compare-worse = worse
script-compare-winner = { $model } better
script-compare-unsure = cannot tell
script-compare-tied = tied
script-compare-untested = cannot be tested
script-compare-paired = paired over { $all } items: both right { $both }, only this { $one }, only the reference { $other }, neither { $neither }
script-compare-from = detectable from { $gap }
script-compare-by-column = By benchmark
script-compare-column = Benchmark
script-compare-lower = lower is better
script-compare-rule = Comparisons tested together at 5% (Holm): { $tested }. Told apart: { $told }. A difference must exceed about { $critical } standard errors of it.
script-compare-no-errors = The errors of these scores are not known: nothing is tested, and no winner is named.
script-compare-signs = ± is half of a 95% interval. Differences are taken from the reference.
script-compare-intervals = Scores and their intervals
script-compare-intervals-of = Scores with 95% intervals, in { $unit }
script-compare-intervals-note = Dashed: the score of guessing. Whether two models differ is for the verdict to say: intervals may overlap and the difference still be told.
script-compare-unknown-unit = a unit not stated
script-compare-pairs = Each against each
script-compare-pairs-intro = In how many ranked columns the row’s model is better than the column’s, cannot be told from it, and is worse.
script-compare-counts = better: { $better }, cannot tell: { $unsure }, worse: { $worse }, not tested: { $untested }
script-compare-and-untested = not tested: { $untested }
script-compare-radar = Profile
script-compare-radar-intro = From guessing, in the middle, to a perfect score, at the edge. The area means nothing: it depends on the order of the axes.
script-compare-radar-few = { " " }The first eight columns in which all chosen models have a score.
script-compare-radar-table = Share of the way from guessing to a perfect score, %

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
outdated = The original changed after this translation was made, so the two may differ.{" "}
outdated-original = Read the original ({ $language })
neighbours-label = In this section
previous = Previous
next = Next
source-file = Source of this article
alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution
task-done = Done
task-to-do = To do
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
chart-rating = { $board }: ratings with 95% intervals, { $more ->
    [0] { $all }
   *[other] the first { $shown } of { $all }
} models
chart-history = { $board }: online Elo, battle by battle, from { $first } to { $last }, on one scale; { $more ->
    [0] { $all }
   *[other] the { $shown } highest of { $all }
} models. The thin lines are 1000, where all start.
chart-rating-group = { $board }, group { $group }: ratings with 95% intervals, { $more ->
    [0] { $all }
   *[other] the first { $shown } of { $all }
} models
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
bradley-terry-ranks = The 95% range has the places that the battles do not rule out: all differences of a group are tested together at 5% (z tests with Holm’s correction). A place is 1 plus the number of models whose 95% interval lies wholly above the model’s own, as in the Chatbot Arena, but never outside of that range: what the battles do not tell apart shares a place.
bradley-terry-phantom = Where a model never lost or never won, or some models only beat others that never beat them, the battles alone set no finite rating. There every model also plays one draw against a phantom rated 1000, which is then the anchor instead of the mean (Caron and Doucet 2010; Newman 2023). Of a model that never lost or never won, the bound is what the battles themselves support: the rating at which twice the log-likelihood has fallen by 3.84.
elo-formula = All start at 1000. After each battle, in the order of their times, both ratings move by 4 · (s − e), where s is the score (1, ½ or 0) and e = 1 / (1 + 10^((Rⱼ − Rᵢ) / 400)) the expected one (Elo 1978; the constant is the one that Chatbot Arena used).
bradley-terry-sources = Chatbot Arena rates by the same model with the same kind of intervals (Chiang et al. 2024, arXiv:2403.04132).
battles-sources = docs/ranking.md has every rule.
