using Touchstone.Domain;
using Touchstone.Models.Checkpoints;

namespace Touchstone.Recommendation.Content;

/// <summary>Unit vectors of products over terms, by product and by term.</summary>
internal sealed class ContentVectors
{
    private const string StartsTensor = "text_indptr", TermsTensor = "text_indices", ValuesTensor = "text_values", TermCountTensor = "text_terms";
    private readonly int[] _starts, _terms, _termStarts, _termProducts;
    private readonly float[] _values, _termValues;

    /// <summary>Vectors by product; the other view is made here.</summary>
    internal ContentVectors(int[] starts, int[] terms, float[] values, int termCount)
    {
        (_starts, _terms, _values) = (starts, terms, values);
        _termStarts = new int[termCount + 1];
        foreach (var term in terms) _termStarts[term + 1]++;
        for (var i = 0; i < termCount; i++) _termStarts[i + 1] += _termStarts[i];
        var next = _termStarts.AsSpan(0, termCount).ToArray();
        (_termProducts, _termValues) = (new int[terms.Length], new float[terms.Length]);
        for (var product = 0; product < starts.Length - 1; product++)
        {
            for (var i = starts[product]; i < starts[product + 1]; i++)
            {
                var at = next[terms[i]]++;
                (_termProducts[at], _termValues[at]) = (product, values[i]);
            }
        }
    }

    /// <summary>How many terms.</summary>
    internal int TermCount => _termStarts.Length - 1;

    /// <summary>Terms of a product and their values; the squares sum to 1, or there are none.</summary>
    internal (ReadOnlyMemory<int> Terms, ReadOnlyMemory<float> Values) OfProduct(int product) =>
        (_terms.AsMemory(_starts[product].._starts[product + 1]), _values.AsMemory(_starts[product].._starts[product + 1]));

    /// <summary>scores[product] += weight × value, over the products with a term.</summary>
    internal void AddTerm(int term, float weight, Span<float> scores)
    {
        var products = _termProducts.AsSpan(_termStarts[term].._termStarts[term + 1]);
        var values = _termValues.AsSpan(_termStarts[term].._termStarts[term + 1]);
        for (var i = 0; i < products.Length; i++) scores[products[i]] += weight * values[i];
    }

    /// <summary>
    /// TF-IDF of title, brand and category: weight of the field × (1 + ln times) × ln(products / products with the term), scaled to length 1.
    /// A term of one field is another one in another field.
    /// </summary>
    /// <exception cref="TrainingDataException">No product has text.</exception>
    internal static ContentVectors Of(ProductTable products, ContentOptions options, CancellationToken cancellationToken)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var frequencies = new List<int>();
        var rows = new List<(int Term, double Value)>[products.Count];
        var times = new Dictionary<int, (int Count, double Weight)>();
        for (var product = 0; product < rows.Length; product++)
        {
            if (product % 1024 == 0) cancellationToken.ThrowIfCancellationRequested();
            times.Clear();
            if (options.TitleWeight > 0) ContentTerms.Of(products.Titles[product], term => Count("t:" + term, options.TitleWeight));
            var brand = products.Brands[product].Trim();
            if (options.BrandWeight > 0 && brand.Length > 0) Count("b:" + brand.ToLowerInvariant(), options.BrandWeight);
            if (options.CategoryWeight > 0)
            {
                foreach (var step in products.Categories[product].Split('>', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                    Count("c:" + step.ToLowerInvariant(), options.CategoryWeight);
            }

            rows[product] = [.. times.Select(pair => (pair.Key, pair.Value.Weight * (1 + Math.Log(pair.Value.Count)))).OrderBy(pair => pair.Key)];
            foreach (var (term, _) in rows[product]) frequencies[term]++;
        }

        if (numbers.Count == 0) throw new TrainingDataException($"{ContentRecommender.ModelName}: no product has a title, brand or category; map their columns in shop.yaml, or leave this model out.");
        return Weigh(rows, frequencies, options);

        void Count(string term, double weight)
        {
            if (!numbers.TryGetValue(term, out var number))
            {
                numbers.Add(term, number = numbers.Count);
                frequencies.Add(0);
            }

            times[number] = (times.GetValueOrDefault(number).Count + 1, weight);
        }
    }

    /// <summary>As tensors <c>text_indptr</c>, <c>text_indices</c>, <c>text_values</c> and the number of terms.</summary>
    internal IEnumerable<NamedTensor> ToTensors() =>
        [NamedTensor.Of(StartsTensor, _starts), NamedTensor.Of(TermsTensor, _terms), NamedTensor.Of(ValuesTensor, _values), NamedTensor.Of(TermCountTensor, [TermCount])];

    /// <summary>Reads the tensors.</summary>
    /// <exception cref="CheckpointException">They are not vectors of that many products.</exception>
    internal static ContentVectors From(Checkpoint checkpoint, int productCount)
    {
        var starts = checkpoint[StartsTensor].Int32s().ToArray();
        var terms = checkpoint[TermsTensor].Int32s().ToArray();
        var values = checkpoint[ValuesTensor].Singles().ToArray();
        if (checkpoint[TermCountTensor].Int32s() is not [var termCount and >= 0]) throw checkpoint.Malformed($"{TermCountTensor} must hold one number, not below 0.");
        if (starts.Length != productCount + 1 || starts[0] != 0 || starts[^1] != terms.Length || terms.Length != values.Length)
            throw checkpoint.Malformed($"{StartsTensor} must have {productCount + 1} elements from 0 to {terms.Length}, and {ValuesTensor} as many as {TermsTensor}.");
        for (var i = 1; i < starts.Length; i++)
            if (starts[i] < starts[i - 1]) throw checkpoint.Malformed($"{StartsTensor}[{i}] = {starts[i]} is below {starts[i - 1]}; it must not fall.");
        for (var i = 0; i < terms.Length; i++)
        {
            if (terms[i] < 0 || terms[i] >= termCount) throw checkpoint.Malformed($"{TermsTensor}[{i}] = {terms[i]}; there are {termCount} terms.");
            if (!float.IsFinite(values[i])) throw checkpoint.Malformed($"{ValuesTensor}[{i}] is not finite; the model cannot be used: train it again.");
        }

        return new ContentVectors(starts, terms, values, termCount);
    }

    private static ContentVectors Weigh(List<(int Term, double Value)>[] rows, List<int> frequencies, ContentOptions options)
    {
        // A term that only one product has cannot match another, but it still makes that product less like the others.
        var most = options.MaximumProductRate * rows.Length;
        var starts = new int[rows.Length + 1];
        var terms = new List<int>();
        var values = new List<float>();
        var row = new List<(int Term, double Value)>();
        for (var product = 0; product < rows.Length; product++)
        {
            row.Clear();
            double squares = 0;
            foreach (var (term, value) in rows[product])
            {
                if (frequencies[term] > most && frequencies[term] > 1) continue;
                var weighed = value * Math.Log((double)rows.Length / frequencies[term]);
                if (weighed <= 0) continue;
                squares += weighed * weighed;
                row.Add((term, weighed));
            }

            foreach (var (term, value) in row)
            {
                terms.Add(term);
                values.Add((float)(value / Math.Sqrt(squares)));
            }

            starts[product + 1] = terms.Count;
        }

        return new ContentVectors(starts, [.. terms], [.. values], frequencies.Count);
    }
}
