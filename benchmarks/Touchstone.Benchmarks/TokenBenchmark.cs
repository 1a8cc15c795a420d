using FastBertTokenizer;
using Touchstone.Models.Tokens;

namespace Touchstone.Benchmarks;

/// <summary>Beauty's titles to token ids on one thread, FastBertTokenizer beside it on the same vocabulary; and training that vocabulary.</summary>
internal static class TokenBenchmark
{
    private const int Passes = 10;

    public static Measured Run(string shared, int repeats)
    {
        string[] titles = [.. File.ReadLines(Path.Combine(shared, "data", "amazon-seq", "Beauty_items.tsv")).Skip(1).Select(line => line.Split('\t')[2])];
        var vocabulary = Train(titles, TextNormalisation.Bert);
        var bert = new WordPieceTokenizer(vocabulary);
        var shop = new WordPieceTokenizer(Train(titles, TextNormalisation.Shop));
        var other = new BertTokenizer();
        other.LoadVocabulary(new StringReader(string.Join('\n', Enumerable.Range(0, vocabulary.Count).Select(id => vocabulary[id]))), convertInputToLowercase: true);

        Action[] works =
        [
            () => Pass(titles, title => shop.Encode(title)),
            () => Pass(titles, title => bert.Encode(title)),
            () => Pass(titles, title => other.Encode(title)),
            () => Train(titles, TextNormalisation.Shop),
        ];
        foreach (var work in works) work();
        var seconds = works.Select(_ => new double[repeats]).ToArray();
        for (var repeat = 0; repeat < repeats; repeat++)
            for (var work = 0; work < works.Length; work++) seconds[work][repeat] = Timing.SecondsOf(works[work]);
        Timing Of(int work, string name, double texts) => new(name, seconds[work], "titles/s", texts / Timing.MedianOf(seconds[work]));
        return new Measured(
            "tokens",
            $"{titles.Length} titles of Beauty, {Passes} passes, one thread, vocabularies of {vocabulary.Count} tokens trained on them",
            [
                Of(0, "ours, shop", titles.Length * Passes),
                Of(1, "ours, bert", titles.Length * Passes),
                Of(2, "FastBertTokenizer", titles.Length * Passes),
                Of(3, "training the vocabulary", titles.Length),
            ],
            [new Ratio("ours, bert / FastBertTokenizer", [.. seconds[1].Zip(seconds[2], (ours, theirs) => ours / theirs)], double.NaN)],
            ["Ours returns an array of its own for each title; FastBertTokenizer returns its buffers, which the next call overwrites"]);
    }

    private static WordPieceVocabulary Train(string[] titles, TextNormalisation normalisation) =>
        VocabularyTrainer.Train(titles, new VocabularyOptions { Normalisation = normalisation }, null, CancellationToken.None);

    private static void Pass<T>(string[] titles, Func<string, T> encode)
    {
        for (var pass = 0; pass < Passes; pass++)
            foreach (var title in titles) encode(title);
    }
}
