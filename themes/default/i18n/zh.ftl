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
rank-interval = 名次区间
coverage = 覆盖率
claimed = 厂商自报
partial = 只测了部分题目
missing = 无数据
legend-label = 表中符号
legend-heat = 底色由浅到深：同列分数由低到高
legend-best-mark = 粗体
legend-best = 该列最佳
legend-beside-mark = 列名带点线
legend-range = 真实名次可能落入的范围（全部模型联合，95%）
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

## 撤回与争议

notices = 撤回、争议与污染
notices-rule = 撤回的分数加删除线保留，不计入综合分、名次和列最佳。有争议的分数在解决之前照常计入。已披露训练数据与测试数据有重合的（污染）同样照常计入：披露不影响名次。
notice-withdrawn = 已撤回
notice-disputed = 有争议
notice-contaminated = 有污染
notice-since = { $date }起
notice-until = { $date }解决
notice-source = 详情

## 图表

chart-composite = { $board }：综合分（{ $all }个有名次的模型，图中{ $shown }个）
chart-column = { $board }：{ $column }（{ $all }个模型，图中{ $shown }个）
chart-chance = 随机水平

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
certainty-rule = 检验分不出高下的模型名次并列：全部{ $family }对一并控制在5%的水平，差距要超过{ $critical }个标准误才算分出高下。区间是95%联合名次区间。综合分相等的一律并列。
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
test-normal = 检验用共同题目上的正态近似，对所有模型对作Holm校正。
certainty-power = 相差{ $gap }算有实际意义。相邻两个模型没有分出高下时，若检验有八成把握发现这样的差距，记作“持平”；若多半会漏掉，记作“数据不足”。
certainty-bounds = 分数不全的模型，区间是把缺口分别按各列最低分和最高分补上以后，名次可能到达的范围。
certainty-neighbours = 相邻模型之间的差距
certainty-open = 展开相邻模型之间的差距
certainty-lead = 领先
certainty-verdict = 结论
certainty-detectable = 可检出差距
certainty-items = 所需题数
certainty-without = 去掉任一列后的名次
certainty-first = 随机权重下居首
certainty-notes = 可检出差距：有八成把握能发现的最小真实差距。所需题数：要确认这么大的领先，需要多少道题。最后一列：在各列权重的所有取法中，该模型排第一的比例。
certainty-shown = 这里列出前{ $count }个，全部见数据文件。
paired = 配对
unpaired = 非配对
relation-separated = 分出高下
relation-tied = 持平
relation-underpowered = 数据不足
relation-not-tested = 未检验
certainty-columns = 各列的余地，以及哪些模型可能见过题
certainty-columns-open = 展开各列的余地，以及哪些模型可能见过题
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
method-material = 同一列的分数，除指标和单位外，以下各项也必须一致：
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

## 模型与基准

not-in-catalog = 目录里还没有它的卡片，只在结果文件中出现过。
aliases = 其他写法
relatives = 同系列
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
fact-choices = 选项数
fact-chance = 随机水平
fact-published = 发布
fact-homepage = 主页
fact-dataset = 数据集
yes = 是
no = 否

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
neighbours-label = 同一栏目
previous = 上一篇
next = 下一篇
source-file = 本文源文件
alert-note = 说明
alert-tip = 提示
alert-important = 重要
alert-warning = 警告
alert-caution = 小心
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
chart-rating = { $board }：评分与95%区间（{ $all }个模型，图中{ $shown }个）
chart-history = { $board }：在线Elo逐场变化，{ $first }至{ $last }，各行刻度相同（{ $all }个模型，图中{ $shown }个）。细线是起点1000。
chart-rating-group = { $board }，第{ $group }组：评分与95%区间（{ $all }个模型，图中{ $shown }个）
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
bradley-terry-ranks = 名次区间是对战数据不能排除的名次：一组内的全部差值一并在5%的水平上检验（z检验，Holm校正）。评分相等则名次并列。
bradley-terry-phantom = 若有模型从未输过或从未赢过，或者一些模型只赢过从没赢过它们的对手，单凭对战就定不出有限的评分。这时每个模型再加一场与1000分的虚拟对手的平局，并以该对手而不是平均分为基准（Caron、Doucet，2010；Newman，2023）。从未输过或从未赢过的模型，所列界限只凭对战本身：两倍对数似然下降3.84处的评分。
elo-formula = 起点都是1000。按时间先后，每场对战后双方评分各变动4 · (s − e)：s是得分（1、½或0），e = 1 / (1 + 10^((Rⱼ − Rᵢ) / 400))是预期得分（Elo，1978；常数4与Chatbot Arena所用相同）。
bradley-terry-sources = Chatbot Arena用的是同一模型，区间算法也属同一类（Chiang等，2024，arXiv:2403.04132）。
battles-sources = 全部规则见docs/ranking.md。
