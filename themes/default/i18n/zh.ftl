## 页面框架

skip = 跳到正文
nav-label = 主导航
nav-boards = 榜单
nav-models = 模型
nav-benchmarks = 基准
nav-articles = 文章
nav-about = 关于
languages-label = 语言
repository = 源代码
script-theme-label = 主题：{ $theme }
script-auto = 自动
script-light = 浅色
script-dark = 深色
script-sort-by = 按{ $column }排序
script-sorted = 已按{ $column }{ $direction }排列，共{ $rows }行
script-ascending = 升序
script-descending = 降序
script-filter = 筛选
script-filtered = 显示{ $rows }行

## 搜索

script-search = 搜索
script-search-placeholder = 模型、基准、榜单，或任意文字
script-search-close = 关闭搜索
script-search-results = 搜索结果
script-search-help = 可搜名称、别名和全站正文。方向键选择，回车打开。
script-search-board = 榜单
script-search-model = 模型
script-search-benchmark = 基准
script-search-organisation = 机构
script-search-term = 术语
script-search-article = 文章
script-search-more = 显示全部{ $count }条
script-search-count = 共{ $count }条结果
script-search-many = 最相关的{ $count }条
script-search-none = 没有找到“{ $query }”。
script-search-instead = 已按“{ $words }”查找
script-search-reading = 正文仍在载入
script-search-failed = 搜索无法载入。
script-search-and = {" · "}

## 离线

offline-title = 本机没有存下这一页
offline-text = 现在没有网络，这一页以前也没有打开过。打开过的页面会自动留存，断网后仍可阅读。

## 列表

boards-title = 榜单
boards-description = 只有可比的分数才排进同一列；每个榜都附方法、数据和出处。
models-title = 模型
models-description = 各模型的基本信息、在各榜的名次，以及全部记录。
benchmarks-title = 基准
benchmarks-description = 每个基准测什么、怎么计分、不能和什么混为一谈。
articles-title = 文章
articles-description = 大模型怎么评测，分数该怎么读。
latest-articles = 最新文章
all-articles = 本栏目全部{ $count }篇文章
articles-of-section = 共{ $count }篇文章。
pages-label = 列表分页
count-boards = 个榜单
count-models = 个模型
count-benchmarks = 个基准
count-records = 条分数，条条有出处
count-columns = { $count }列
count-files = { $count }个文件
ranked-of = { $listed }个模型，{ $ranked }个有名次
ranked-of-variants = { $models }个模型共{ $listed }行，{ $ranked }行有名次
no-card = 暂无卡片

## 表格

place = 名次
model = 模型
board = 榜单
organisation = 机构
column = 列
composite = 综合分
composite-mean = 平均分
composite-weighted-mean = 加权平均
composite-chance-normalised-mean = 归一平均
composite-category-balanced-mean = 分组平均
composite-mean-win-rate = 胜率
composite-borda = 波达计数
composite-pooled-sd-distance = 距离
composite-latent-ability = 能力值
rank-interval = 95%区间
coverage = 覆盖率
claimed = 厂商自报
partial = 只测了部分题目
missing = 无数据
legend-label = 表中符号
legend-heat = 底色由浅到深：从随机水平到满分（无此刻度的列从最低到最高）
legend-best-mark = 粗体
legend-best = 该列最佳
legend-beside-mark = 列名带点线
legend-range = 真实名次可能落在的范围（95%，对所有模型同时成立）
legend-shared = 名次并列
table-caption = { $board }：名次与分数
benchmark = 基准
metric = 指标
value = 数值
unit = 单位
direction = 方向
protocol = 评测协议
standard-error = 标准误
items = 题数
source-place = 文件内位置
weight = 权重
chance = 随机水平
role-beside = 仅列出，不计名次
not-stated = 未说明

## 榜单表格

state-stand-in = 评测方式不同，不比较、不计名次
state-possibly-seen = 训练时可能见过该基准
table-pages-label = 本表分页
table-rows = 第{ $first }至{ $last }行，共{ $listed }行
legend-ties = 名次并列，左侧以括线相连：统计上分不出与其中第一行的高下
legend-bar = 综合分及其95%区间，各行同一刻度
legend-bar-rating = 评分及其95%区间，各行同一刻度
legend-digits = 分数的小数位数以标准误为限；误差未知的，百分数取一位小数，其他数值大致取三位有效数字。点分数可看原始记录，那里有全部数位。

## 撤回与争议

notices = 撤回、争议与污染
notices-rule = 撤回的分数加删除线保留，不计入综合分、名次和列最佳。有争议的分数在解决之前照常计入。已披露训练数据与测试数据有重合的（污染）同样照常计入：披露不影响名次。
notice-withdrawn = 已撤回
notice-disputed = 有争议
notice-contaminated = 有污染
notice-since = { $date }起
notice-until = { $date }解决
notice-source = 详情

## 变动

changes-title = 变动
changes-description = 新增了什么，哪些分数被撤回或有争议，榜单名次因何而动。
changes-boards = 各榜单的日期
changes-dates = 分数从测量之日起算；整个榜单都没有测量日期的，从来源获取之日起算。一个榜单的分数若有多个日期，就按每个日期重算名次。
changes-several = { $first }至{ $last }共{ $dates }个日期。最近一次：名次变动{ $moved }个，分数有新增或变化的模型{ $reasons }个。
changes-one = { $count }个分数的日期都是{ $date }，没有更早的榜单可比。
changes-fetched = { $count }个分数都没有写明测量日期，只知道是{ $date }获取的，没有更早的榜单可比。
changes-none = 分数都没有日期，没有更早的榜单可比。
changes-undated = { $records }个分数中有{ $count }个没有日期。
changes-battles = 投票合在一起计算评分，不按日期重算名次。
changes-what = 变动与原因
changes-sources = 来源（按日期）
changes-source = 来源
changes-votes = 投票
board-changes-title = { $board }：变动与原因
board-changes-description = 各个日期的名次，以及每次变动的原因：分数是新增、更正还是撤回。
changes-rule = 每个日期的榜单，由当时已有的分数和声明按现在的方法算出；当时的方法已不可知，所以这里没有方法变更一项。分数从测量之日起算；整个榜单都没有测量日期的，从来源获取之日起算。名次若只在该模型的95%范围内移动，不能说明它变好或变差了。
changes-rule-undated = 没有日期的分数从一开始就计入。
changes-chosen = 分数共有{ $dates }个日期，这里均匀取{ $steps }个。
changes-records = { $records }个分数
changes-undated-count = { $count }个没有日期
changes-places = 各日期的名次
changes-more-models = 另有{ $count }个有名次的模型未列出。
changes-steps = 逐日变动
changes-then = 当时的榜单
changes-today = 现在的榜单
changes-dates-label = 日期
changes-first = 最早的日期，没有可比的状态。
changes-more-scores = 另有{ $count }个分数
changes-nothing = 榜上的分数和名次都没有变化。
changes-of = { $date }的变动
changes-why = 原因
changes-new = 新增
changes-new-unranked = 新增，无名次
changes-same = { $place }，未变
changes-to = 变为
changes-within = 在范围内，不足为据
changes-more = 另有{ $count }项变动未列出。
cause-added = { $column }：新增{ $after }
cause-corrected = { $column }：{ $before }更正为{ $after }
cause-replaced = { $column }：{ $before } → { $after }，采用较新的记录
cause-withdrawn = { $column }：{ $before }被撤回
cause-restored = { $column }：{ $after }恢复计入
cause-joined = { $column }：{ $after }现在与多数分数可比
cause-set-aside = { $column }：{ $before }不再与多数分数可比
cause-others = 仅其他模型有变
board-at-title = { $board }（截至{ $date }）
board-at-description = 用截至{ $date }已有的分数，按现在的方法算出的名次。
changes-past = 这是截至{ $date }的榜单，之后的分数不计入。

## 图表

chart-composite = { $board }：综合分（{ $all }个有名次的模型{ $more ->
    [0] {""}
   *[other] ，图中为前{ $shown }个
}）
chart-column = { $board }：{ $column }（{ $all }个模型{ $more ->
    [0] {""}
   *[other] ，图中为前{ $shown }个
}）
chart-ties = 。底色连成一片的，名次并列。
chart-chance = 随机水平
chart-unit = { $name }（{ $unit }）
chart-interval = 95%区间
chart-data = 图中数据
chart-data-of = 数据：{ $chart }
chart-size-title = 分数与参数量
chart-released-title = 分数与发布日期
chart-verdicts-title = 谁确实比谁强
chart-stability-title = 名次稳不稳
chart-coverage-title = 哪些分数齐全
chart-size = { $board }：分数与参数量（{ $all }个有名次的模型，图中{ $shown }个{ $unknown ->
    [0] {""}
   *[other] ；另有{ $unknown }个参数量不详
}）。混合专家模型按全部专家计。
chart-released = { $board }：分数与发布日期（{ $all }个有名次的模型，图中{ $shown }个{ $unknown ->
    [0] {""}
   *[other] ；另有{ $unknown }个发布日期不详
}）。
chart-frontier = 折线：从左到右的最高纪录。实心点：在它左侧（含同一位置），没有哪个模型比它强、且差距超出误差。
chart-drawn = 图中是前沿上的模型和其余模型中排名靠前的。
chart-released-column = { $board }，{ $column }：分数与发布日期（{ $all }个模型，图中{ $shown }个{ $unknown ->
    [0] {""}
   *[other] ；另有{ $unknown }个发布日期不详
}）。
chart-frontier-without-noise = 折线：从左到右的最高纪录。实心点：在它左侧（含同一位置），没有模型比它强；误差不详。
chart-lower = { $name }，{ direction-lower }
chart-columns-title = { $y }与{ $x }
chart-columns = { $board }：{ $y }与{ $x }（{ $all }个模型，图中{ $shown }个{ $unknown ->
    [0] {""}
   *[other] ；另有{ $unknown }个缺少其中一项
}）。
chart-frontier-columns = 折线：另一项不变差时所能达到的最好水平。实心点：没有模型在一项上比它好出误差范围、另一项又不比它差。
chart-frontier-columns-without-noise = 折线：另一项不变差时所能达到的最好水平。实心点：没有模型在一项上比它好、另一项又不比它差；至少有一项误差不详。
chart-frontier-is = 前沿：{ $models }
chart-on-frontier = 在前沿上
chart-axis-size = 参数量（B＝十亿，对数刻度）
chart-verdicts = { $board }：{ $all }个有名次的模型中的前{ $shown }个，行与列相比。所有模型对一并检验，水平5%。
chart-verdicts-are = 强于（按序号）：{ $models }
chart-better = 强于
chart-cannot-tell = 分不出高下
chart-worse = 弱于
chart-number = 序号
chart-stability = { $board }：{ $all }个有名次的模型中的前{ $shown }个。圆点：只按综合分排的位次，名次并列的也分先后。右侧：各列权重随机取值时，该模型居首的比例。
chart-first = 居首
chart-order = 综合分位次
chart-coverage = { $board }：{ $columns-of }列中的{ $columns }列，{ $all }个模型{ $more ->
    [0] {""}
   *[other] 中的前{ $shown }个
}
chart-coverage-is = { $cells }格中有{ $measured }格为实测。
chart-beside = 评测方式不同
chart-claims = { $of }：自报与实测，差距大的在前（共{ $all }组，图中{ $shown }组）。*为超出误差。评测方式不同的，差距说明不了谁对谁错，详见表中的协议差异。
chart-places = { $board }：{ $first }至{ $last }的名次（{ $all }个模型{ $more ->
    [0] {""}
   *[other] ，图中为最近一次排在最前的{ $shown }个
}），日期等距排列。排在最前的三个用彩色。线断开处，模型没有名次。
chart-places-shared = 底色连成一片的，名次并列，从所占名次起往下依次排开。
chart-places-closer = 第{ $place }名以后画得较密。
chart-last-rating = 最新评分
chart-lowest = 最低
chart-highest = 最高
script-chart-line = { $head }：{ $cell }
script-chart-save = 将“{ $chart }”存为{ $kind }
script-chart-tools = 此图
script-chart-enlarge = 放大
script-chart-close = 关闭
script-chart-closer = 放大图形
script-chart-farther = 缩小图形

## 榜单页

within-label = 本页内容
within-table = 表格
within-chart = 图表
within-certainty = 可信程度
within-beside = 未参与比较
within-method = 方法
within-data = 数据
beside-title = 未参与比较的记录
beside-intro = 下面{ $count }条记录测的是同一基准，但评测方式不同，因此单独列出，不参与排名。
beside-open = 展开全部{ $count }条
beside-why = 差异：该列 → 该记录
but-found = ，而该记录为
subset-mean = { $count }个子集取平均

status-ranked = 有名次
status-unranked = 不排名
status-below-coverage = 覆盖不足
status-excluded = 不参与
status-ineligible = 不符合条件

aggregate-mean = 算术平均
aggregate-weighted-mean = 加权平均
aggregate-chance-normalised-mean = 扣除随机水平后平均
aggregate-category-balanced-mean = 分组平均
aggregate-mean-win-rate = 平均胜率
aggregate-borda = 波达计数
aggregate-pooled-sd-distance = 标准差距离
aggregate-latent-ability = 潜在能力
aggregate-none = 不合成总分
aggregate-mean-formula = 综合分是各排名列中已有分数的算术平均：(x₁ + … + xₙ) / n。
aggregate-weighted-mean-formula = 综合分是各排名列中已有分数的加权平均：(w₁x₁ + … + wₙxₙ) / (w₁ + … + wₙ)，权重见下表。
aggregate-chance-normalised-mean-formula = 先把每个分数x换算成随机猜测为0、满分为100：max(0, (x − c) / (100 − c) · 100)，c为随机水平；再取算术平均。规则出自Open LLM Leaderboard第二版文档（“Scores Normalization”一节）。表中各列仍为原始分数。
aggregate-category-balanced-mean-formula = 先在每组列内取平均，再对各组取平均；一组不论有几列，分量都一样。LiveBench（arXiv:2406.19314）和MTEB按任务类型取平均都是这个做法。
aggregate-mean-win-rate-formula = 在每一列里，胜过一个有名次的模型计一胜，同分计半胜：(低于它的 + ½ · 同分的) / (n − 1)；综合分是各列胜率的平均，规则出自HELM（arXiv:2211.09110）。胜率取决于表里有哪些模型，不能跨表比较。每列都有分数的模型才排名。
aggregate-borda-formula = 在每一列里，胜过一个有名次的模型得一分，同分得半分，综合分是各列得分之和，即MTEB所用的波达计数。与MTEB不同，缺分不当作末位：每列都有分数的模型才排名。得分取决于表里有哪些模型。
aggregate-pooled-sd-distance-formula = 在每一列里，以该列所有分数的标准差s为单位，量出与最高分的距离：1 + (最高分 − x) / s；综合分是各列的平均，越小越好，处处第一则为1。这是EuroEval的排名分。
aggregate-latent-ability-formula = 把每个分数看作σ(a · (C − D))：C是模型的能力，D和a是该列的难度和区分度，用带少量惩罚的最小二乘一并拟合，因此缺项不同的模型也能放在一起比。刻度由第一列确定（难度0，区分度1）。这是Epoch能力指数的做法，前提是能力大体只有一个维度。能力值的误差由该模型各分数的误差推算，各列的曲线视为已知。
aggregate-none-formula = 各列测的不是一回事，不合成总分，也不排名次。
method-coverage = 至少要有{ $percent }%的排名列有分数，才给名次。缺的分数不按零分算。
method-coverage-all = 每个排名列都有分数，才给名次。缺的分数不按零分算。
certainty-rule = 检验分不出高下的模型名次并列：全部{ $family }对一并控制在5%的水平，差距超过标准误的{ $critical }倍，才算分出高下。区间是95%联合名次区间。综合分相等的一律并列。
evidence-shared-items = 参与排名的每个分数都附有逐题结果，两个模型只在双方都答过的题上比较。
evidence-some-shared-items = 部分模型附有逐题结果：两个模型都有时，只在双方都答过的题上比较；否则按各自分数的标准误比较，当作各答各的题，偏保守，这样的两两比较标为“非配对”。
evidence-standard-errors = 两个模型按各自分数的标准误比较，当作各答各的题。其实题目大多相同，所以这样偏保守；有逐题结果做配对检验，能分出更多高下。
evidence-columns = 分数本身的误差无从得知，只能在列与列之间比较：把各列看作从许多同类基准里抽出来的，看一个模型是否几乎处处领先。列数只有{ $columns }，结论较粗，也说明不了换一批题分数会怎样。
evidence-none-aggregate = 名次有多可靠无从说起：没有已知的单项误差能推算到这种综合分上，列与列之间也没有作比较。名次只按综合分排列，不另造区间。
evidence-none = 数据里没有逐题结果、标准误或题数，列数也太少，无从判断分数有多可靠。名次只按综合分排列，不另造区间。
basis-items = 标准误由逐题得分算出。
basis-stated = 标准误取自结果文件。
basis-count = 标准误由题数推算：√(p(1 − p) / n)。只要分数是各题0到1分的平均，误差就不会比它更大。
test-mcnemar = 检验用精确McNemar检验，对所有模型对作Holm校正。
test-sign-flip = 检验用符号翻转：随机翻转各题差值的正负号（一万次，种子固定），对所有模型对作Holm校正。
test-sign-flip-clusters = 检验用符号翻转：随机翻转差值的正负号，同组的题一起翻转（一万次，种子固定；13组以内穷举），对所有模型对作Holm校正。
test-normal = 检验用共同题目上的正态近似，对所有模型对作Holm校正。
certainty-joined = 有的题同时出现在两列里，计算综合分的误差和作检验时，都只算一个单位。
certainty-power = 相差{ $gap }算有实际意义。相邻两个模型没有分出高下时，若检验有八成把握发现这样的差距，记作“持平”；若多半会漏掉，记作“数据不足”。
certainty-bounds = 分数不全的模型，区间是把缺口分别按各列最低分和最高分补上以后，名次可能到达的范围。
certainty-neighbours = 相邻模型之间的差距
certainty-open = 展开相邻模型之间的差距
certainty-lead = 领先
certainty-verdict = 结论
certainty-detectable = 可检出差距
certainty-items = 所需题数
certainty-without = 去掉任一列后的位次
certainty-first = 随机权重下居首
certainty-notes = 可检出差距：有八成把握能发现的最小真实差距。所需题数：要确认这么大的领先，需要多少道题。去掉任一列后的位次：只按其余各列的综合分排，误差之内也分先后。最后一列：在各列权重的所有取法中，该模型排第一的比例。
certainty-shown = 这里列出前{ $count }个，全部见数据文件。
paired = 配对
unpaired = 非配对
relation-separated = 分出高下
relation-tied = 持平
relation-underpowered = 数据不足
relation-not-tested = 未检验
certainty-columns = 各列还有多少提升空间，以及哪些模型可能见过题
certainty-columns-open = 展开各列还有多少提升空间，以及哪些模型可能见过题
certainty-best = 最高分
certainty-headroom = 余地
certainty-saturation = 饱和程度
certainty-after = 可能见过的模型
certainty-before = 不可能见过
certainty-undated = 不详
certainty-columns-notes = 训练数据截止在基准公开之后的模型，训练时可能见过题；没有公布截止日期的，以发布日期代替。日期不详不是过错，名次也不因此变动。饱和程度看前五名的分数差多少（指数出自arXiv:2602.16763）。
saturation-very-low = 很低
saturation-low = 低
saturation-moderate = 中等
saturation-high = 高
saturation-very-high = 很高
method-ties = 综合分相同则名次并列，下一名次空出。名次之间的差距未作显著性检验。
method-clusters = 同组的题互相关联，误差按组计算：SE² = G / (G − 1) · Σ (Σ (s − s̄))² / n²，内层对G组中一组的各题求和（Liang与Zeger，1986；用于评测见Miller，arXiv:2411.00640）。两个模型在共同题目上比较时，整组一起翻转正负号。
method-clusters-of = { $column }按{ $by }分组：题目编号里最后一个“{ $separator }”之前相同的算一组。
method-clusters-same = { $column }按{ $by }分组：基准各部分中编号相同的题算一组。
method-clusters-count = 组数最少的分数有{ $clusters }组，共{ $items }题。
method-clusters-few = 不足40组时，这样得出的标准误平均偏小，取值不低于把各题当作独立时的标准误。
method-unclustered = { $column }：题目按{ $by }成组，组内互相关联，但没有逐题结果，误差只能当作各题独立来算，多半偏小。
method-material = 同一列的分数，除指标和单位外，以下各项也必须一致：
method-material-own = 有的列另有自己的要求，各列实际一致的各项见下表。
unknown-separate = 其中任何一项原始文件没有写明，该分数就单独列出，不参与排名。
unknown-accept = 其中有一项原始文件没有写明的，也予收录：由维护者确认一致。
method-choose = 一格有多条记录可选时，依次按下列规则取（从不取最高分）：
choose-measured = 第三方实测优先于厂商自报
choose-latest = 日期最新者优先
method-open-weights = 只给开放权重的模型排名。
method-closed-weights = 只给不开放权重的模型排名。
method-kinds = 只给以下类型的模型排名：
method-excluded = 点名不参与的模型：
method-columns = 各列的内容
direction-higher = 越高越好
direction-lower = 越低越好
direction-assumed = 越高越好（推定）

download-csv = 表格，CSV格式
download-json = 榜单全部内容，JSON格式
sources = 出处
licence-of = 许可：{ $licence }
licence-unknown = 许可未说明
retrieved-on = 获取于{ $date }
files-open = 展开全部{ $count }个文件
bytes = { $count }字节

## 表格脚本

script-state-withdrawn = { notice-withdrawn }
script-state-disputed = { notice-disputed }
script-state-contaminated = { notice-contaminated }
script-notice = { $date }起：{ $reason }
script-notice-source = { notice-source }
script-state-claimed = { claimed }
script-state-partial = { partial }
script-state-stand-in = { state-stand-in }
script-state-possibly-seen = { state-possibly-seen }
script-status-below-coverage = { status-below-coverage }
script-status-excluded = { status-excluded }
script-status-ineligible = { status-ineligible }
script-not-stated = { not-stated }
script-other-columns = 其他列
script-query-label = 在表中查找
script-query-placeholder = 模型、机构、size:<10……
script-query-open-quote = 引号没有成对。
script-query-no-value = “{ $term }”后面缺少内容。
script-query-no-colon = “{ $term }”要加冒号，写成{ $meant }。
script-query-no-field = 没有“{ $field }”这个字段；如果要查这段文字，请加引号。
script-query-no-number = “{ $term }”要写数字，例如<10或3..9。
script-query-no-date = “{ $term }”要写日期，例如>2024-01。
script-query-help-open = 查找方法
script-query-help = 直接输入文字，按模型、变体和机构查找；也可以用字段限定。写了几个条件，就要同时满足。
script-query-help-org = 机构
script-query-help-type = 类型，也可以写type:对话
script-query-help-size = 参数量（十亿），也可以写>=7、3..9
script-query-help-licence = 许可
script-query-help-lang = 模型支持的语言
script-query-help-released = 2024年1月以后发布；released:2024指当年
script-query-help-column = 某一列的分数，写基准或列名
script-query-help-not = 不含这个词，字段前面也可以加
script-query-help-quotes = 整段文字照原样匹配
script-facets = 筛选条件
script-facet-type = 类型
script-facet-size = 参数量
script-facet-weights = 权重
script-facet-licence = 许可
script-facet-org = 机构
script-facet-lang = 语言
script-facet-year = 发布年份
script-weights-open = 开放
script-weights-closed = 不开放
script-columns = 列
script-list-comma = 、
script-only = 显示
script-only-all = 全部列
script-density = 行高
script-density-compact = 紧凑
script-density-normal = 标准
script-density-roomy = 宽松
script-copy-link = 复制链接
script-link-copied = 链接已复制
script-link-in-address = 请从地址栏复制
script-reset = 重置
script-no-row = 没有符合条件的行。
script-all-rows = 显示全部行
script-rows-of = 共{ $all }行，显示{ $shown }行
script-chips-label = 当前条件
script-chip = { $name }：{ $value }
script-chip-hidden = 已隐藏：{ $group }
script-chip-pins = 已置顶：{ $count }
script-chip-weights = 自定权重
script-chip-remove = （取消）
script-pin = 置顶{ $model }
script-compare-pinned = 比较置顶的模型
script-weights = 权重
script-weights-intro = 各列要算多重？1是榜单原来的权重，0是不算这一列，2是加倍。拖动后立即重新排名。
script-weight-of = { $column }的权重
script-weight-mixed = 不一
script-weights-reset = 恢复榜单的权重
script-weights-same = 现在用的是榜单自己的权重。
script-weights-none = 没有一列计入，因此不排名。
script-weights-formula = 综合分 =（{ $terms }）÷ { $total }，只算已有的分数。
script-weights-formula-chance = 综合分 =（{ $terms }）÷ { $total }，只算已有的分数，且每个分数先换算成随机猜测为0、全对为100。
script-weights-coverage = 计入的列中至少{ $percent }%有分数才有名次；不足的行可能落在什么名次，这里不推算。
script-weights-evidence-none = 分数的误差所知太少，无法检验，名次只按数值排。
script-weights-evidence-columns = 两行在各列上的差超过{ $critical }个标准误才分出名次（全部两两比较联合95%，Šidák校正、t分布），与榜单的做法相同。
script-weights-evidence-simulated = 两行的差超过{ $critical }个标准误才分出名次：全部两两比较联合95%，与榜单一样用模拟逐步检验；随机数不同，恰在边界上的两行可能判得不同。
script-weights-evidence-bound = 两行的差超过{ $critical }个标准误才分出名次（全部两两比较联合95%，Tukey–Kramer），与榜单的做法相同。
script-weights-not-shared = 榜单是在共同做过的题目上比较模型的；这里只有标准误可用，能分出的先后要少一些。
script-weights-gaps = 有的行缺分数，因此不显示名次区间。
script-own-weights = 这是你自己的加权。
script-own-weights-note = 名次和综合分不是榜单给出的。
script-metric = { metric }
script-unit = { unit }
script-direction = { direction }
script-lower-is-better = { direction-lower }
script-higher-is-better = { direction-higher }
script-items = { items }
script-chance = { fact-chance }
script-published = { fact-published }
script-counts = 计入综合分
script-counts-weight = 权重{ $weight }
script-counts-not = { role-beside }
script-own-weight = 自定权重
script-problems = 已知问题
script-to-benchmark = 基准说明
script-standard-error = { standard-error }
script-basis-items = 由逐题分数得出
script-basis-stated = 文件给出
script-basis-count = 由题数推出
script-error-unknown = 不详
script-interval = 95%区间
script-protocol = { protocol }
script-reporter = 报告方式
script-reporter-measured = { reporter-measured }
script-reporter-claimed = { reporter-claimed }
script-reporter-unknown = { reporter-unknown }
script-date = { date }
script-source = 来源
script-retrieved = 获取日期
script-file = 文件
script-source-place = { source-place }
script-place-line = 第{ $line }行第{ $character }个字符
script-licence = { licence }
script-mean-of-records = { $value }是{ $count }条记录的平均，第一条如下：
script-to-record = 查看记录
script-dispute = 对这个分数有异议
script-dispute-copy = 复制出处以便提出异议
script-dispute-copied = 已复制
script-dispute-title = 有异议：{ $what }
script-dispute-body = 哪里不对，依据是什么：
script-written = 原文数值
script-record = 记录
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

## 模型与基准

not-in-catalog = 目录里还没有它的卡片，只在结果文件中出现过。
aliases = 其他写法
relatives = 变体与同系列模型
places = 名次
records = 记录
records-more = 该文件另有{ $count }条记录，见各模型的页面。
records-intro = 数值与来源文件完全一致，按文件分组。
no-records = 还没有结果文件给出它的分数。
benchmark-method = 怎么计分
known-problems = 已知问题
not-comparable = 不要混淆
reporter-measured = 实测
reporter-claimed = 厂商自报
reporter-unknown = 报告方不明
protocol-unknown = 评测协议未说明
date = 日期
retrieved = 获取日期
licence = 许可

field-split = 数据划分
field-shots = 示例数
field-prompt = 提示词
field-chat_template = 对话模板
field-chain_of_thought = 思维链
field-tools = 工具
field-judge = 裁判模型
field-pass_k = pass@k的k
field-filter = 答案抽取
field-mode = 评测方式
field-benchmark_version = 基准版本
field-dataset_revision = 数据集版本
field-harness = 评测框架
field-harness_version = 框架版本
field-harness_commit = 框架提交
field-limit = 题数上限
field-repeats = 每题采样次数
field-temperature = 采样温度
field-max_tokens = 回答词元上限
field-dataset = 提示数据
field-concurrency = 并发数
field-request_rate = 每秒请求数
field-input_tokens = 输入词元数
field-output_tokens = 输出词元数
field-hardware = 硬件
field-engine = 推理引擎
field-baseline = 基线模型

unit-fraction = 比例
unit-percent = %
unit-points = 分
unit-elo = Elo
unit-seconds = 秒
unit-milliseconds = 毫秒
unit-tokens-per-second = 词元/秒
unit-requests-per-second = 请求/秒
unit-usd = 美元
unit-count = 个
unit-unknown = 未说明

kind-base = 基座
kind-chat = 对话
kind-code = 代码
kind-embedding = 向量
kind-vision-language = 视觉语言

category-knowledge = 知识
category-reasoning = 推理
category-mathematics = 数学
category-code = 代码
category-language = 语言
category-truthfulness = 真实性
category-instruction = 指令遵循
category-dialogue = 对话
category-embedding = 向量
category-multimodal = 多模态
category-composite = 综合
category-none = 未分类

fact-family = 系列
fact-kind = 类型
fact-parameters = 参数量
fact-cutoff = 训练数据截至
fact-released = 发布日期
fact-training-tokens = 训练词元数
fact-context = 上下文（词元）
fact-languages = 语言
fact-licence = 许可
fact-open-weights = 开放权重
fact-paper = 论文
fact-code = 代码
fact-weights = 权重
fact-category = 类别
fact-items = 题数
fact-clusters = 题目分组依据
fact-choices = 选项数
fact-chance = 随机水平
fact-published = 发布
fact-homepage = 主页
fact-dataset = 数据集
yes = 是
no = 否

## 模型页

profile = 与同榜模型相比
profile-intro = 每个分数放进榜上同一列里看：一条刻度代表一个模型，圆点是本模型，横线是95%区间（知道误差才画），越靠右越好。“更差”“分不出”“更好”三栏是其余模型的个数；差距超出95%的误差范围才算数，逐对判断，不作多重比较校正。
profile-caption = { $board }：本模型的各项分数与其他模型相比
profile-field = 在该列所有分数中的位置
profile-worse = 更差
profile-alike = 分不出
profile-better = 更好
leaders-boards = 另有{ $count }个榜单未在此展开，见页首的榜单列表。
profile-more = 另有{ $count }个榜单未在此展开，名次见上表。
profile-untested = 没有横线的分数误差未知，个数只按数值大小统计。
family = 同系列
variants-intro = 记录里区分了本模型的下列变体。每个变体在榜上各占一行，互不代替。
variant-none = 未注明变体
variant-records = { $count }条记录
mentions = 提到它的文章
stated-interval = 文件所给区间
stated-extra = 文件另注

## 基准页

fact-organisation = 制作者
fact-human = 人的成绩
kin = 容易混淆的基准，放在一起看
ways = 都是怎么测的
ways-intro = 名字一样，测法不同，分数就不是一回事。来源、指标和文件写明的协议全都一致的记录归为一行，数值照录原文。
ways-source = 来源
ways-range = 最低–最高
leaders = 谁领先，从何时起
leaders-intro = 按榜上的列分开看，因为只有同一列的协议才一致。名次区间是分数在本列真实名次的可能范围（95%，所有模型一起算），凡是从1起的都可能是最好的。
leaders-caption = { $board }：最高的几个分数
leaders-tied = { $count ->
    [1] 有1个模型明显领先
   *[other] 有{ $count }个模型都可能最好
}
leaders-untested = 分数最高的几个（误差未知）
leaders-more = 这里列出其中前{ $count }个。
leaders-headroom = 距满分{ $points }个百分点
leaders-parts = 展开只含部分题目的{ $count }列
steps = 最高分的变化
steps-caption = { $board }：最高分的变化
steps-gain = 提高
steps-undated = 有{ $count }个模型不知发布日期，未计入。

## 参考页

nav-glossary = 术语表
nav-datasets = 数据集
nav-directory = 各家榜单
nav-method = 方法
nav-data = 数据与接口
nav-changes = 变动
more = 查阅
more-glossary = 少样本、pass@k、名次区间，这些词是什么意思。
more-organisations = 模型是谁做的，各排在哪里。
more-datasets = 基准用的数据和许可。
more-directory = 别家榜单测什么、怎么综合、还更不更新。
more-method = 本站怎么比、怎么排，有多大把握。
more-changes = 新增了什么，撤回了什么，名次为何变动。
more-data = 各榜的CSV和JSON、来源与引用格式。
glossary-title = 术语表
glossary-description = 评测里的常用词，每条几句话，并注明接着读什么。
glossary-also = 也叫
topic-protocol = 协议与提示
topic-metric = 指标
topic-ranking = 统计与排名
topic-battles = 裁判与对战
topic-data = 数据与污染
datasets-title = 数据集
datasets-description = 基准背后的数据：在哪里、什么语言、什么许可、哪些基准在用。
datasets-without = 另有{ $count }个基准未注明数据集。
data-title = 数据与接口
data-description = 每个榜单都有固定地址的数据文件；这里说明数字的来源和使用条件，以及如何引用。
data-boards = 文件
data-boards-intro = 每个榜单都有表格（CSV）和完整数据（JSON）两种文件。都是随网站一起生成的静态文件，不需要密钥；写程序可以从索引开始，里面列出所有榜单及其文件。
data-index = 全部榜单的索引（JSON）
data-csv = 分数榜的CSV
data-csv-intro = UTF-8编码，榜上一行对应文件一行，按RFC 4180加引号。没有的值留空，不写0。
data-json = 分数榜的JSON
data-json-intro = 一个对象。多条记录共有的内容只在contexts里写一次，记录用序号指向它。
data-column = 列
data-key = 键
data-meaning = 内容
data-battles-intro = 对战榜的文件里是等级分而不是分数：名次、模型、等级分及其区间、名次区间和对战场数；JSON里还有每一对模型的胜负计数。
csv-place = 名次，从1开始；没有名次的行留空
csv-model = 模型的标识，也是它页面的路径
csv-name = 模型名称
csv-variant = 变体的各个部分，以文件区分到的为准
csv-composite = 综合分，未取整，单位与榜单一致
csv-standard-error = 综合分的标准误，知道才有
csv-range = 95%名次区间（所有模型一起算）；分数不全的行，则是补齐之后可能得到的名次
csv-covered = 参与排名的列中有分数的列数，以及总列数
csv-scores = 榜单的每一列：列名是基准的标识，有列标题的附上标题；小数形式的分数换算成百分数
json-board = 榜单的标识、标题和综合方式
json-evidence = 区间的依据、一起检验的对数和临界值
json-columns = 基准、单位、指标，以及是否计入综合分
json-notices = 对记录的说明（撤回、有争议、受污染），有才写
json-contexts = 指标、单位、报告者、日期、协议，以及文件：路径、SHA-256、字节数、格式、来源、网址、许可、获取日期
json-rows = 同CSV；每行另有与下一名比较的结论，以及各单元格
json-cells = 以该列单位表示的值，以及背后的记录：原文写法、在文件中的位置、所属的context；没有分数为null
data-sources = 来源与使用条件
data-sources-intro = 数据的权利属于测出它们的人。转载表格之前，请先看来源的许可。
data-licence = 许可
data-licence-unknown = 未注明
data-records = 记录
data-files = 文件
data-cite = 引用
data-cite-intro = 下面的版本号由本站全部结果文件算出，任何一个文件有变动，它就会变。引用时写上版本号，别人就能判断表格是否还是你看到的那一份。每个榜单、每篇文章的页末都有各自的引文。
data-version = 数据版本
data-as-of = 最近一次获取

## Citations

cite-text = GB/T 7714—2015
cite-board = 引用本榜单
cite-article = 引用本文
script-cite-copy = 复制
script-cite-copied = 已复制
script-cite-not-copied = 未能复制，请手动选取

## 机构

nav-organisations = 机构
organisations-title = 机构
organisations-description = 本站的模型和基准出自哪些机构。
organisation-description = ：模型、基准和上榜名次。
organisation-models = { $count }个模型
organisation-more-places = 另有{ $count }个名次，见模型页。
organisation-places = 新发布的在前。名次写作“第几/共几”，后面是名次区间，即真实名次可能落在的范围（95%）。
by-organisation = 按机构看
fact-families = 系列
fact-first-released = 最早发布
fact-last-released = 最近发布
fact-open-models = 开放权重

## 自报与实测

claims = 自报与实测
claims-intro = 厂商自报的分数，对照别人在同一基准上的实测。先看协议差异：测法不一样，差距就说明不了谁对谁错。双方都没写明的项目不列出，但也可能不同。比例换算成百分数显示；差距为自报减实测，±后是标准误。
claims-test = { $count ->
    [0] 这里的差距都无法检验。
   *[other] 共检验{ $count }个差距，经Holm校正，整体按5%水平判断。超出误差，只说明换一批同类题目也难以抹平差距，不代表哪一方有错。
}
claims-level = 同一基准的所有差距合在一起，经Holm校正，按5%水平判断。
claims-differences = 协议差异：自报 → 实测
claims-but-measured = ，实测为
claims-no-difference = 已写明的各项均一致
claims-claimed = 自报
claims-measured = 实测
claims-gap = 差距
claims-verdict = 是否超出误差
claims-source = 实测出处
claims-beyond-noise = 超出误差
claims-within-noise = 误差范围内
claims-not-tested = 未检验
claims-error-unknown = 实测误差未知
claims-exact = 自报分视为无误差
claims-more = 另有{ $count }组对照，见各模型的页面。

part-revision = 模型版本
part-precision = 精度
part-quantisation = 量化
part-effort = 推理强度
part-scaffold = 智能体框架
part-provider = 服务商

## 对比

nav-compare = 对比
compare-title = 模型对比
compare-description = 同一榜单上最多六个模型并排对比。每项基准都说明哪个更好，或者数据分不出高下，以及数据能看出多大的差距。
compare-relatives = 在同一榜单上对比
compare-needs-script = 选择模型需要JavaScript，当前没有启用。下列榜单不用脚本也能看：每个榜单都写明检验分出了哪些模型的高下、差距多大。
compare-method = 怎样对比
compare-method-cells = 只比同一列的分数，而榜单只把评测协议相同的分数放进一列。越低越好的列，分低者胜。
compare-method-test = 每个差距都用两个分数的标准误做双侧检验，按两个模型各答各的题计算。实际上它们答的多半是同一批题，所以这样算偏保守。
compare-method-items = 评测记录了每道题对错、题目又不成组的，就在两个模型共同的题目上配对比较：对只有一方答对的题做精确McNemar检验，并注明“配对”。
compare-method-family = 页面上的全部比较（每一列里的每一对模型，不计名次的列除外）用Holm法一并检验：其中哪怕错判一次“更好”的概率也不超过5%。模型或列越多，对每一次比较的要求越高。
compare-method-detectable = “分不出”不等于“一样好”。可检出差距是检验有八成把握发现的最小真实差距。
compare-method-untested = 不知道分数误差时不做检验，也不判胜负。
compare-method-composite = 总体结论就是榜单自己的结论：榜单上所有模型两两一并检验，与这里选了哪些模型无关。
compare-method-battles = 按对战排名的榜单，用榜单给出的名次区间判断两个评分能否分出高下，并列出所选模型之间的战绩。
compare-boards = 每次只对比同一榜单里的模型，因为各榜单的数据各自成立。没有统一排名的对战榜单不在其中。
compare-models = { $count }个模型
script-compare-board = 榜单
script-compare-model = 模型
script-compare-add = 添加模型
script-compare-chosen = 参与对比的模型
script-compare-reference = 参照
script-compare-as-reference = 设为参照
script-compare-remove = 移除{ $model }
script-compare-full = 最多{ $most }个
script-compare-hint = 请从榜单中选两到{ $most }个模型。
script-compare-first = 选前三名
script-compare-neighbours = 加上名次相邻的模型
script-compare-nothing = 没有找到模型
script-compare-failed = 榜单数据加载失败。
script-compare-announce = 正在对比：{ $models }
script-compare-copy = 复制链接
script-compare-copied = 已复制
script-compare-not-copied = 复制失败，请从地址栏复制
script-compare-csv = 下载CSV
script-compare-to-board = 查看榜单
script-compare-missing = 无数据
script-compare-unranked = 未排名
script-compare-overall = 总体
script-compare-by-standard-errors = 榜单根据分数的标准误，把所有模型两两一并检验：差距超过标准误的{ $critical }倍，才算分出高下。
script-compare-by-shared-items = 榜单在共同的题目上把所有模型两两一并检验。没有逐题结果的两个模型，95%名次区间不相交才算分出高下。
script-compare-by-columns = 分数的误差不详，所以榜单按列比较，把各列看作同类基准中的抽样：差距超过标准误的{ $critical }倍，才算分出高下。
script-compare-by-ranges = 榜单对全部模型一并得出95%名次区间，两个模型的区间不相交才算分出高下。
script-compare-by-none = 数据没有说明综合分有多可靠，不做检验。
script-compare-place = 名次
script-compare-range = 95%区间
script-compare-composite = 综合分
script-compare-rating = { rating }
script-compare-duels = 正面交锋
script-compare-duels-intro = 行中的模型对列中的模型：胜、平、负各多少场；百分比里平局算半场胜利。很少交手的两个模型，要靠共同的对手来分高下，所以以评分为准，不以此表为准。
script-compare-duel = 胜{ $won }场，平{ $drawn }场，负{ $lost }场
script-compare-covered = 列数
script-compare-difference = 差距
script-compare-verdict = 结论
script-compare-detectable = 可检出差距
script-compare-better = 更好
script-compare-worse = 更差
script-compare-winner = { $model }更好
script-compare-unsure = 分不出
script-compare-tied = 持平
script-compare-untested = 无法检验
script-compare-paired = 按{ $all }道共同题目配对：都对{ $both }，只有本模型对{ $one }，只有参照对{ $other }，都错{ $neither }
script-compare-from = 可检出{ $gap }以上
script-compare-by-column = 逐项基准
script-compare-column = 基准
script-compare-lower = 越低越好
script-compare-rule = 按5%的水平一并检验（Holm法），共比较{ $tested }次，分出高下{ $told }次。差距大约要超过标准误的{ $critical }倍，才算分出高下。
script-compare-no-errors = 这些分数的误差不详，因此不做检验，也不判胜负。
script-compare-signs = ±是95%区间的一半。差距都是与参照模型相比。
script-compare-intervals = 分数与区间
script-compare-intervals-of = 分数与95%区间，单位：{ $unit }
script-compare-intervals-note = 虚线是随机猜测的得分。两个模型有没有差别以结论为准：区间有重叠，差距也可能已经分得出。
script-compare-unknown-unit = 未说明
script-compare-pairs = 两两对比
script-compare-pairs-intro = 行中的模型与列中的模型相比，更好、分不出、更差的各有几列（不计名次的列除外）。
script-compare-counts = 更好{ $better }，分不出{ $unsure }，更差{ $worse }，未检验{ $untested }
script-compare-and-untested = 未检验{ $untested }
script-compare-radar = 能力轮廓
script-compare-radar-intro = 中心是随机猜测的水平，外圈是满分。面积没有意义：轴的顺序一变，面积就变。
script-compare-radar-few = 这里取所选模型都有分数的前八列。
script-compare-radar-table = 从随机猜测到满分走完的比例（%）

## 文章

section-evaluation = 评测
section-benchmarks = 基准
section-leaderboards = 榜单
section-models = 模型
section-prompting = 提示词
section-datasets = 数据
section-serving = 推理服务
section-news = 动态
contents = 目录
updated-on = 更新于{ $date }
untranslated = 本文尚无中文版，以下为{ $language }原文。
outdated = 本文译出后，原文又有改动，两者内容可能不一致。
outdated-original = 查看原文（{ $language }）
neighbours-label = 同一栏目
previous = 上一篇
next = 下一篇
source-file = 本文源文件
alert-note = 说明
alert-tip = 提示
alert-important = 重要
alert-warning = 警告
alert-caution = 小心
task-done = 已完成
task-to-do = 未完成
footnotes = 注释
back-to-text = 回到正文

## 对战

rating = 评分
battles = 对战数
win-rate = 胜率（%）
average-win-rate = 平均胜率（%）
marks = 备注
count-battles = { $count }场对战
rating-caption = { $board }：名次与评分
rating-group = 第{ $number }组（共{ $count }组）：{ $models }个模型，{ $battles }场对战
rating-groups = 组与组之间没有任何对战相连，无从判断哪组更强。各组分别排名、分别评分，组间不可比较。
rating-at-least = 至少{ $bound }
rating-at-most = 至多{ $bound }
legend-rating-margin = 评分95%区间的一半
legend-win-rate = 平局算半胜；平均胜率中每个对手分量相同
mark-undefeated = 从未输过
mark-winless = 从未赢过
mark-beyond = 差距由先验决定
mark-only-draws = 全是平局
mark-few-battles = 对战少
lead-of-first = 第一名比第二名高{ $gap } ± { $margin }（若两者其实无差别，p { $p }）。
few-title = 对战不足{ $minimum }场的模型
few-intro = 这些模型没有评分，它们的对战也不计入。
chart-rating = { $board }：评分与95%区间（{ $all }个模型{ $more ->
    [0] {""}
   *[other] ，图中为前{ $shown }个
}）
chart-history = { $board }：在线Elo逐场变化，{ $first }至{ $last }，各行刻度相同（{ $all }个模型{ $more ->
    [0] {""}
   *[other] ，图中为评分最高的{ $shown }个
}）。细线是起点1000。
chart-rating-group = { $board }，第{ $group }组：评分与95%区间（{ $all }个模型{ $more ->
    [0] {""}
   *[other] ，图中为前{ $shown }个
}）
within-wins = 两两胜率
wins-intro = 每格是行模型对列模型的胜率（百分比），平局算半胜；小字是两者的对战场数。
wins-caption = 行模型对列模型的胜率（百分比）
wins-shown = 这里列出{ $of }个模型中的前{ $shown }个，每一对的数字见数据文件。
wins-open = 展开两两胜率
within-counts = 哪些对战计入
counts-caption = 计入与未计入的对战
counts-what = 对战
counts-number = 场数
counts-share = 占比
battles-counted = 计入
battles-decided = 分出胜负
battles-tied = 平局
battles-both-bad = 平局，两个都不好
dropped-unreadable = 未计入：读不出来
dropped-against-itself = 未计入：模型对自己
dropped-filtered = 未计入：裁判或语言不符
dropped-not-anonymous = 未计入：不能确定为匿名
dropped-below-minimum = 未计入：有一方对战太少
dropped-without-time = 未计入：没有时间
bias-title = 位置偏向
bias-first = 放在前面的模型占{ $elo } ± { $margin }分的便宜：裁判偏向第一个回答。两边的位置若不是随机安排的，评分会因此失真。
bias-second = 放在后面的模型占{ $elo } ± { $margin }分的便宜：裁判偏向第二个回答。两边的位置若不是随机安排的，评分会因此失真。
bias-none = 放在前面还是后面，从这些对战里看不出差别（前面一方{ $elo } ± { $margin }分）。
elo-warning = 这是变化过程，不是排名。在线Elo取决于对战的先后：同样的对战换个次序，评分就不同。因此这里不排名次。
filter-judge = 只计这位裁判的对战：{ $judge }。
filter-language = 只计这种语言的对战：{ $language }。
filter-anonymous = 只计确知投票前隐去模型名的对战。
filter-minimum = 只给彼此之间对战不少于{ $minimum }场的模型评分。
aggregate-bradley-terry = Bradley-Terry模型
aggregate-elo = 在线Elo
aggregate-bradley-terry-formula = 模型i胜过模型j的概率是1 / (1 + 10^((Rⱼ − Rᵢ) / 400))。评分R取使全部对战出现的可能性最大的那一组，所有对战一并计算，与先后无关（Bradley、Terry，1952）；平局算双方各半胜。每组评分的平均是1000，只有差值有意义。
bradley-terry-intervals = 95%区间由稳健（三明治）协方差得出，有平局时同样成立。
bradley-terry-cluster-question = 同一道题上的对战互不独立，区间已计及（共{ $count }组）。
bradley-terry-cluster-judge = 同一位裁判的对战互不独立，区间已计及（共{ $count }组）。
bradley-terry-cluster-without = 其中{ $count }场没有说明，各自单独算一组。
bradley-terry-few-clusters = 不足四十组，区间不可尽信。
bradley-terry-ranks = 名次区间是对战数据不能排除的名次：一组内的全部差值一并在5%的水平上检验（z检验，Holm校正）。名次是1加上95%区间整个高于该模型区间的模型数，与Chatbot Arena的算法相同，但不超出上述名次区间：对战分不出高下的模型名次并列。
bradley-terry-phantom = 若有模型从未输过或从未赢过，或者一些模型只赢过从没赢过它们的对手，单凭对战就定不出有限的评分。这时每个模型再加一场与1000分的虚拟对手的平局，并以该对手而不是平均分为基准（Caron、Doucet，2010；Newman，2023）。从未输过或从未赢过的模型，所列界限只凭对战本身：两倍对数似然下降3.84处的评分。
elo-formula = 起点都是1000。按时间先后，每场对战后双方评分各变动4 · (s − e)：s是得分（1、½或0），e = 1 / (1 + 10^((Rⱼ − Rᵢ) / 400))是预期得分（Elo，1978；常数4与Chatbot Arena所用相同）。
bradley-terry-sources = Chatbot Arena用的是同一模型，区间算法也属同一类（Chiang等，2024，arXiv:2403.04132）。
battles-sources = 全部规则见docs/ranking.md。
