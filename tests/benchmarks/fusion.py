"""Measure how well dense, lexical and fused search find the article and the passage that answer, side by side."""

import argparse
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from rag.assembly import build_embedder, fill_library, open_library
from rag.evaluation.question_sets import ExpectedAnswer, load_question_set
from rag.evaluation.retrieval import recall, reciprocal_rank
from rag.evaluation.squad_data import read_contexts
from rag.evaluation.squad_library import write_library
from rag.fusion import reciprocal_rank_fusion, weighted_fusion
from rag.settings import Settings
from vectorstore.articles import Hit

TESTS = Path(__file__).parents[1]
OWN = ("economy", "politics", "science-courts", "sport-weather")
DEV = ("dev-squad", "dev-new_wiki", "dev-amazon", "dev-reddit")
TRAIN = ("train-squad", "train-new_wiki")
MOST_CONTEXTS, MOST_QUESTIONS = 400, 1_200
DEPTH = 100

Ranking = list[tuple[int, float]]
Fusion = Callable[[Sequence[Hit], Sequence[Hit]], Ranking]


@dataclass(frozen=True)
class Found:
    """What both searches found for one question, and which of it is right."""

    dense: list[Hit]
    lexical: list[Hit]
    articles: Mapping[int, int]
    right_articles: Collection[int]
    right_passages: Collection[int]


def searched(articles: Sequence[Path], questions: Sequence[ExpectedAnswer], folder: Path) -> list[Found]:
    """Search a library of the articles for every question that they answer."""
    settings = Settings(library=folder / "library")
    fill_library(settings, articles)
    embedder = build_embedder(settings)
    answerable = [one for one in questions if one.is_answerable][:MOST_QUESTIONS]
    with closing(open_library(settings, embedder=embedder)) as library:
        vectors = embedder.encode_queries([one.question for one in answerable])
        found = []
        for one, vector in zip(answerable, vectors, strict=True):
            dense = library.search_dense(vector, top_k=DEPTH)
            lexical = library.search_lexical(one.question, top_k=DEPTH)
            passages = library.passages(sorted({hit.passage_id for hit in (*dense, *lexical)}))
            right = [passage for passage in passages if passage.source in one.answering_articles]
            telling = {passage.id for passage in right if any(answer in passage.text for answer in one.answers)}
            ids = {passage.id: passage.article_id for passage in passages}
            found.append(Found(dense, lexical, ids, {passage.article_id for passage in right}, telling))
    return found


def news_sets(data: Path) -> Iterator[tuple[str, list[Found]]]:
    """Yield the sets that are measured: our own, each of the others as a library, and all the others as one."""
    with tempfile.TemporaryDirectory() as folder:
        own = [one for name in OWN for one in load_question_set(TESTS / f"questions/{name}.jsonl")]
        yield "own", searched([TESTS / "library"], own, Path(folder))
    for name, paths in [*((name, [name]) for name in DEV[:2]), ("all dev", DEV)]:
        yield name, data_set(data, paths)


def data_set(data: Path, names: Sequence[str]) -> list[Found]:
    with tempfile.TemporaryDirectory() as folder:
        contexts = list(read_contexts([data / f"{name}.jsonl.gz" for name in names]))
        contexts = contexts if names[0].startswith("dev") else contexts[:MOST_CONTEXTS]
        questions = write_library(contexts, Path(folder) / "articles")
        return searched([Path(folder) / "articles"], questions, Path(folder))


def features(dense: Sequence[Hit], lexical: Sequence[Hit]) -> tuple[list[int], np.ndarray]:
    """Return the passages of both, and of each: cosine, share of the best BM25 score, BM25 score, reciprocal ranks."""
    cosines, words = ({hit.passage_id: hit.score for hit in hits} for hits in (dense, lexical))
    ranks = [{hit.passage_id: 1 / (10 + rank) for rank, hit in enumerate(hits, 1)} for hits in (dense, lexical)]
    ids = sorted({*cosines, *words})
    least, best = min(cosines.values(), default=0.0), max(words.values(), default=1.0)
    return ids, np.array(
        [
            [cosines.get(one, least), words.get(one, 0) / best, np.log1p(words.get(one, 0))]
            + [ranked.get(one, 0) for ranked in ranks]
            for one in ids
        ]
    )


def learned(examples: Sequence[Found]) -> Fusion:
    """Return a fusion by logistic regression over the features."""
    rows, right = [], []
    for one in examples:
        ids, of_these = features(one.dense, one.lexical)
        rows.append(of_these)
        right += [passage in one.right_passages for passage in ids]
    scales = np.concatenate(rows).std(axis=0)
    weights = LogisticRegression(max_iter=2_000).fit(np.concatenate(rows) / scales, right).coef_[0] / scales

    def fuse(dense: Sequence[Hit], lexical: Sequence[Hit]) -> Ranking:
        ids, of_these = features(dense, lexical)
        return sorted(zip(ids, of_these @ weights, strict=True), key=lambda one: (-one[1], one[0]))

    return fuse


def normalised(dense: Sequence[Hit], lexical: Sequence[Hit], *, weight: float) -> Ranking:
    """Scale both lists to [0, 1] and take the weighted mean."""
    scaled = [weight_of(dense, weight), weight_of(lexical, 1 - weight)]
    ids = {*scaled[0], *scaled[1]}
    return sorted(((one, sum(part.get(one, 0.0) for part in scaled)) for one in ids), key=lambda one: (-one[1], one[0]))


def weight_of(hits: Sequence[Hit], weight: float) -> dict[int, float]:
    if not hits:
        return {}
    best, worst = hits[0].score, hits[-1].score
    return {hit.passage_id: weight * (hit.score - worst) / ((best - worst) or 1.0) for hit in hits}


def reciprocal(dense: Sequence[Hit], lexical: Sequence[Hit], *, constant: int) -> Ranking:
    return reciprocal_rank_fusion(
        [[hit.passage_id for hit in hits] for hits in (dense, lexical)], rank_constant=constant
    )


def fusions(examples: Sequence[Found]) -> dict[str, Fusion]:
    """Return everything that is compared, by name."""
    ways: dict[str, Fusion] = {
        "dense alone": lambda dense, _: [(hit.passage_id, hit.score) for hit in dense],
        "lexical alone": lambda _, lexical: [(hit.passage_id, hit.score) for hit in lexical],
    }
    for constant in (10, 60):
        ways[f"reciprocal ranks, k {constant}"] = lambda *both, k=constant: reciprocal(*both, constant=k)
    for weight in (0.4, 0.5, 0.6):
        ways[f"both scaled to 0..1, weight {weight}"] = lambda *both, w=weight: normalised(*both, weight=w)
    for weight in (0.5, 0.6, 0.67, 0.75):
        ways[f"cosine and share of the best, weight {weight}"] = lambda *both, w=weight: weighted_fusion(
            *both, dense_weight=w
        )
    return {**ways, "logistic regression": learned(examples)}


def figures(found: Sequence[Found], fuse: Fusion) -> Iterator[str]:
    """Yield recall@1, @5, @20 and MRR for articles, then for passages."""
    rankings = [[passage for passage, _ in fuse(one.dense, one.lexical)] for one in found]
    by_article = [
        rank([one.articles[passage] for passage in ranking], one.right_articles)
        for one, ranking in zip(found, rankings, strict=True)
    ]
    by_passage = [rank(ranking, one.right_passages) for one, ranking in zip(found, rankings, strict=True)]
    for ranks in (by_article, by_passage):
        recalls = (np.mean([recall(one, k=k) for one in ranks]) for k in (1, 5, 20))
        yield " / ".join(f"{figure:.3f}" for figure in (*recalls, np.mean([reciprocal_rank(one) for one in ranks])))


def rank(found: Sequence[int], right: Collection[int]) -> int | None:
    return next((place for place, one in enumerate(dict.fromkeys(found), start=1) if one in right), None)


def main() -> None:
    """Print a table for each set, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    data = parser.parse_args().data
    ways = fusions([found for name in TRAIN for found in data_set(data, [name])])
    for name, found in news_sets(data):
        print(f"\n**{name}**, {len(found):,} questions\n")
        print("| recall@1 / @5 / @20 / MRR | article | passage |\n|---|---|---|")
        for way, fuse in ways.items():
            print(f"| {way} | {' | '.join(figures(found, fuse))} |", flush=True)


if __name__ == "__main__":
    main()
