"""The invented content of benchmark sites: articles and boards, the same for every generator and on every machine.

Everything follows from numbers: article 17 and board 3 are always the same text and the same scores. The two languages
of an article are translations of each other, sentence by sentence.
"""

from dataclasses import dataclass
from functools import cache
from random import Random

LANGUAGES = ("zh", "en")
SECTIONS = ("evaluation", "benchmarks", "leaderboards", "models", "prompting", "datasets", "serving", "news")
SECTION_NAMES = {
    "evaluation": ("评测方法", "Evaluation"),
    "benchmarks": ("基准", "Benchmarks"),
    "leaderboards": ("榜单", "Leaderboards"),
    "models": ("模型", "Models"),
    "prompting": ("提示词", "Prompting"),
    "datasets": ("数据集", "Datasets"),
    "serving": ("推理服务", "Serving"),
    "news": ("动态", "News"),
}
# The size of an article's Markdown below its front matter, in bytes of UTF-8.
BODY_BYTES = 4500
LINKS = (3, 5)
TAGS_EACH = (2, 4)

TAGS = (
    ("准确率", "accuracy"), ("困惑度", "perplexity"), ("少样本", "few-shot"), ("思维链", "chain-of-thought"),
    ("数据污染", "contamination"), ("置信区间", "confidence-intervals"), ("人工评测", "human-evaluation"),
    ("模型裁判", "llm-as-a-judge"), ("数学", "mathematics"), ("代码", "code"), ("长上下文", "long-context"),
    ("多语言", "multilingual"), ("中文", "chinese"), ("工具调用", "tool-use"), ("安全", "safety"), ("幻觉", "hallucination"),
    ("检索", "retrieval"), ("嵌入", "embeddings"), ("多模态", "multimodal"), ("推理", "reasoning"), ("量化", "quantisation"),
    ("吞吐量", "throughput"), ("首字延迟", "time-to-first-token"), ("显存", "memory"), ("批处理", "batching"),
    ("许可证", "licences"), ("数据清洗", "data-cleaning"), ("标注", "annotation"), ("抽样", "sampling"), ("种子", "seeds"),
    ("温度", "temperature"), ("模板", "templates"), ("指令遵循", "instruction-following"), ("对话", "dialogue"),
    ("排名", "ranking"), ("显著性", "significance"), ("复现", "reproducibility"), ("版本", "versions"), ("小模型", "small-models"),
    ("开放权重", "open-weights"),
)
SUBJECTS = (
    ("提示词格式", "Prompt formats"), ("答案抽取", "Answer extraction"), ("选项顺序", "The order of choices"),
    ("随机种子", "Random seeds"), ("宏平均与微平均", "Macro and micro means"), ("题目去重", "Duplicate questions"),
    ("对话模板", "Chat templates"), ("长度偏差", "Length bias"), ("题量与误差", "Test size and error"),
    ("少样本示例", "Few-shot examples"), ("评分标准", "Scoring rubrics"), ("停止符", "Stop sequences"),
    ("缺失的分数", "Missing scores"), ("分词差异", "Differences between tokenizers"), ("版本钉定", "Pinned versions"),
    ("对数似然", "Log-likelihoods"),
)
ANGLES = (
    ("怎样影响名次", "and how they move a ranking"), ("的一次复查", "checked once more"), ("：三个反例", "in three counterexamples"),
    ("的成本", "and what they cost"), ("要先写清楚", "must be stated first"), ("的常见误读", "and common misreadings"),
    ("：一份记录", "from a lab notebook"), ("该怎么报告", "and how to report them"),
)
HEADINGS = (
    ("问题从哪里来", "Where the question comes from"), ("测量的设定", "What was set up"), ("结果", "Results"),
    ("误差有多大", "How large the error is"), ("与其他结果对照", "Compared with other results"), ("怎样复现", "How to reproduce it"),
    ("哪些结论站得住", "Which conclusions hold"), ("还没有回答的问题", "What is still open"),
)
SENTENCES = (
    ("{bench}有{n}道题，{a}答对的比例是{x}%，{b}是{y}%。",
     "{bench} has {n} questions; {a} answers {x}% of them correctly and {b} {y}%."),
    ("两个分数只差{d}个百分点，小于{n}道题所能分辨的差距。",
     "The two scores differ by {d} points, which is less than {n} questions can tell apart."),
    ("把示例从0个加到5个，{a}的分数升到{x}%，而{b}几乎没有变化。",
     "Going from no examples to five raises {a} to {x}%, while {b} hardly changes."),
    ("同一份回答换一种**答案抽取**的办法，{bench}的分数就从{x}变成{y}。",
     "The same answers, read with another *extraction rule*, move {bench} from {x} to {y}."),
    ("原文没有说明温度是多少，所以我们按0和0.7各跑了一遍，每遍{n}次采样。",
     "The paper does not state the temperature, so we ran it at 0 and at 0.7, with {n} samples each."),
    ("如果评测程序的版本不同，`{bench}`的提示词会多出一个换行，{a}因此少了{d}分。",
     "With another version of the harness the prompt of `{bench}` gains a line break, which costs {a} {d} points."),
    ("换行看起来无关紧要，对{b}却意味着另一种分词结果。",
     "A line break looks harmless, and yet it gives {b} another tokenisation."),
    ("读榜的人通常只看名次，但名次相邻的模型往往在误差之内。",
     "Readers mostly look at the place, although neighbours are often within the error."),
    ("我们重复了{n}次自助抽样，{a}的95%区间从{x}延伸到{y}。",
     "We drew {n} bootstrap samples, and the 95% interval of {a} reaches from {x} to {y}."),
    ("区间重叠并不等于没有差别，成对检验利用了两个模型答的是同一批题。",
     "Overlapping intervals do not mean equality: a paired test uses the fact that both models saw the same questions."),
    ("厂商自报的{x}%没有附上提示词，因此只列在旁边，不参与排名。",
     "The {x}% claimed by the vendor comes without a prompt, so it stands beside the table and is not ranked."),
    ("在{bench}的中文部分，{a}与{b}的次序恰好相反。",
     "On the Chinese part of {bench}, {a} and {b} change places."),
    ("有{n}道题在训练语料里能找到原文，去掉它们之后{b}降到{y}%。",
     "The text of {n} questions stands in the training corpus; without them {b} falls to {y}%."),
    ("缺失的分数不能当作零，也不能悄悄从平均里拿掉。",
     "A missing score is not zero, and it must not leave a mean unnoticed."),
    ("裁判模型偏爱更长的回答：长度每增加{n}个词元，胜率大约上升{d}个百分点。",
     "The judge prefers longer answers: {n} more tokens add about {d} points to the win rate."),
    ("控制长度之后，{a}仍然领先，只是差距从{x}缩小到{y}。",
     "With length controlled {a} still leads, but the gap shrinks from {x} to {y}."),
    ("这个数字来自一份公开的结果文件，文件的校验和写在记录里。",
     "The figure comes from a public result file whose checksum stands in the record."),
    ("四个选项时瞎猜也能得到25%，换算之后{a}的{x}%只相当于{y}%。",
     "Guessing among four choices earns 25%; corrected for that, the {x}% of {a} are worth {y}%."),
    ("换了显卡之后，同样的种子给出了不同的回答，{n}道题里有几道翻转。",
     "On another graphics card the same seed gives other answers, and a few of {n} questions flip."),
    ("所以，比较之前先确认双方的示例数、模板与评测程序完全一致。",
     "So before comparing, make sure that shots, template and harness are the same on both sides."),
)
QUOTES = (
    ("一个没有协议的分数，只是一个数字。", "A score without its protocol is only a number."),
    ("先问怎么测的，再问是多少。", "Ask how it was measured before you ask how much."),
    ("差距小于误差时，诚实的答案是并列。", "Where the gap is smaller than the error, the honest answer is a tie."),
)
STEPS = (
    ("固定评测程序的版本", "Pin the version of the harness"), ("记下每个任务的示例数", "Note the shots of every task"),
    ("保存完整的提示词", "Keep the complete prompts"), ("保存每一条回答", "Keep every answer"),
    ("给每个分数算出区间", "Compute an interval for every score"), ("把失败的请求单独计数", "Count failed requests apart"),
    ("公开结果文件的校验和", "Publish the checksums of result files"), ("说明哪些题被去掉", "Say which questions were left out"),
)
NOTES = (
    ("题数按测试集计算，不含示例所用的题。", "Questions are those of the test set, without the ones used as examples."),
    ("区间按Wilson方法计算，显著性水平为5%。", "Intervals are Wilson intervals at the 5% level."),
    ("结果文件取自公开仓库，取用时间见出处。", "Result files come from a public repository; see the provenance for the date."),
)
FAMILIES = (
    "Aster", "Birch", "Cobalt", "Delta", "Ember", "Fjord", "Garnet", "Harbor", "Indigo", "Juniper",
    "Kelvin", "Lumen", "Maple", "Nimbus", "Onyx", "Prism", "Quartz", "Raven", "Sierra", "Topaz",
)
SIZES = ("0.5B", "1.5B", "3B", "7B", "9B", "14B", "34B", "72B")
KINDS = ("base", "chat")
ABILITIES = (
    "Recall", "Deduce", "Count", "Compile", "Translate", "Verify", "Follow", "Converse", "Retrieve", "Observe", "Plan", "Summarise",
)
CATEGORIES = (
    "knowledge", "reasoning", "mathematics", "code", "language", "truthfulness", "instruction", "dialogue", "embedding", "multimodal",
    "composite",
)


@dataclass(frozen=True)
class Article:
    """An article in both languages; texts are (zh, en)."""

    number: int
    section: str
    slug: str
    titles: tuple[str, str]
    summaries: tuple[str, str]
    date: str
    tags: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Model:
    """A model with the facts of its card."""

    organisation: str
    name: str
    kind: str
    parameters: str
    released: str

    @property
    def id(self) -> str:
        return f"{self.organisation}/{self.name.lower()}"


def text(pair: tuple[str, str], language: str) -> str:
    """The text of a (zh, en) pair."""
    return pair[LANGUAGES.index(language)]


@cache
def article(number: int) -> Article:
    """Article `number`, without its body."""
    rng = Random(f"article {number}")
    subject, angle = rng.choice(SUBJECTS), rng.choice(ANGLES)
    summary = _sentence(rng)
    return Article(
        number=number,
        section=SECTIONS[number % len(SECTIONS)],
        slug=f"{_slug(subject[1])}-{number:05}",
        titles=(f"{subject[0]}{angle[0]}（{number}）", f"{subject[1]} {angle[1]} ({number})"),
        summaries=tuple(part.replace("*", "").replace("`", "") for part in summary),
        date=_date(rng),
        tags=tuple(rng.sample(TAGS, rng.randint(*TAGS_EACH))),
    )


def body(of: Article, language: str, articles: int, address) -> str:
    """The Markdown of an article in one language; `address` turns the article a link leads to into the link's address.

    An introduction, five headings with a table, a list, a code block and a quotation, links to other of the `articles`,
    a footnote, and paragraphs between them until the size is reached.
    """
    rng = Random(f"body {of.number}")
    others = [article(rng.randrange(articles)) for _ in range(rng.randint(*LINKS))]
    headings = [f"## {text(heading, language)}" for heading in rng.sample(HEADINGS, 5)]
    blocks = [_table(rng, language), _list(rng, language), _code(rng), f"> {text(rng.choice(QUOTES), language)}", None]
    chapters = [[heading, block] if block else [heading] for heading, block in zip(headings, blocks)]
    for index, other in enumerate(others):
        see = ("参见[《{}》]({})。", "See [{}]({}).")
        chapters[index % 5].append(text(see, language).format(text(other.titles, language), address(other)))
    mark, note = "[^1]", f"[^1]: {text(rng.choice(NOTES), language)}"
    start = _paragraph(rng, language) + mark
    size = len("\n\n".join([start, *sum(chapters, []), note]).encode())
    turn = 0
    while size < BODY_BYTES:
        paragraph = _paragraph(rng, language)
        chapters[turn % 5].insert(1, paragraph)
        size += len(paragraph.encode()) + 2
        turn += 1
    return "\n\n".join([start, *sum(chapters, []), note]) + "\n"


@cache
def models(count: int) -> tuple[Model, ...]:
    """The first `count` models; all boards rank the same ones."""
    return tuple(_model(number) for number in range(count))


def benchmark(number: int) -> str:
    """The name of benchmark `number`."""
    turn, ability = divmod(number, len(ABILITIES))
    return f"{ABILITIES[ability]}Bench{'' if turn == 0 else turn + 1}"


def scores(board: int, rows: int, columns: int) -> list[list[str]]:
    """The scores of a board, a row for each model, with two decimals."""
    rng = Random(f"board {board}")
    strength = [rng.gauss(0, 8) for _ in range(rows)]
    ease = [rng.uniform(35, 65) for _ in range(columns)]
    return [[f"{min(99.99, max(1, power + mean + rng.gauss(0, 4))):.2f}" for mean in ease] for power in strength]


def board_titles(board: int) -> tuple[str, str]:
    return f"综合榜{board:03}", f"General board {board:03}"


def board_summaries(board: int) -> tuple[str, str]:
    return (
        f"第{board}次评测的全部模型，按各基准得分的平均排名。",
        f"All models of evaluation {board}, ranked by the mean of their scores.",
    )


def _model(number: int) -> Model:
    rng = Random(f"model {number}")
    family = FAMILIES[number % len(FAMILIES)]
    number //= len(FAMILIES)
    kind = KINDS[number % len(KINDS)]
    number //= len(KINDS)
    size = SIZES[number % len(SIZES)]
    version = number // len(SIZES) + 1
    name = f"{family}-{version}-{size}" + ("-Chat" if kind == "chat" else "")
    return Model(organisation=f"{family.lower()}-lab", name=name, kind=kind, parameters=size, released=_date(rng))


def _date(rng: Random) -> str:
    return f"{rng.randint(2023, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"


def _slug(words: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())


def _sentence(rng: Random) -> tuple[str, str]:
    pair = rng.choice(SENTENCES)
    one, other = models(400)[rng.randrange(400)], models(400)[rng.randrange(400)]
    slots = {
        "a": one.name, "b": other.name, "bench": benchmark(rng.randrange(24)), "n": rng.randint(100, 9999),
        "x": f"{rng.uniform(20, 95):.1f}", "y": f"{rng.uniform(20, 95):.1f}", "d": f"{rng.uniform(0.1, 4):.1f}",
    }
    return pair[0].format(**slots), pair[1].format(**slots)


def _paragraph(rng: Random, language: str) -> str:
    sentences = [text(_sentence(rng), language) for _ in range(rng.randint(2, 5))]
    return ("" if language == "zh" else " ").join(sentences)


def _table(rng: Random, language: str) -> str:
    head = text((("模型", "题数", "得分", "区间"), ("Model", "Items", "Score", "Interval")), language)
    lines = [f"| {' | '.join(head)} |", "|---|---:|---:|---:|"]
    for _ in range(rng.randint(4, 6)):
        name, items, score = models(400)[rng.randrange(400)].name, rng.randint(100, 9999), rng.uniform(20, 95)
        lines.append(f"| {name} | {items} | {score:.1f} | {score - 1.5:.1f}–{score + 1.5:.1f} |")
    return "\n".join(lines)


def _list(rng: Random, language: str) -> str:
    return "\n".join(f"{number}. {text(step, language)}" for number, step in enumerate(rng.sample(STEPS, 4), 1))


def _code(rng: Random) -> str:
    model, task, seed = models(400)[rng.randrange(400)], benchmark(rng.randrange(24)).lower(), rng.randint(1, 9999)
    return (
        f"```sh\nlm_eval --model hf --model_args pretrained={model.id} \\\n"
        f"  --tasks {task} --num_fewshot {rng.randrange(6)} --seed {seed} \\\n  --output_path results/{task} --log_samples\n```"
    )
