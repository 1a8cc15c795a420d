using Touchstone.Domain;
using Touchstone.Models.Checkpoints;
using Touchstone.Numerics;

namespace Touchstone.Recommendation.Sessions;

/// <summary>Past sessions, the most recent first, and for each product the sessions that hold it.</summary>
internal sealed class SessionIndex
{
    private const string StartsTensor = "session_indptr", ProductsTensor = "session_products";
    private readonly int[] _starts, _products, _postingStarts, _postings;

    /// <summary>An index over sessions that are already in sampling order.</summary>
    /// <param name="starts">[session + 1] session s owns products[starts[s] .. starts[s + 1]].</param>
    /// <param name="products">[row] product index, oldest first.</param>
    /// <param name="productCount">How many products there are.</param>
    internal SessionIndex(int[] starts, int[] products, int productCount)
    {
        (_starts, _products) = (starts, products);
        _postingStarts = new int[productCount + 1];
        var last = new int[productCount];
        Array.Fill(last, -1);
        for (var session = 0; session < Count; session++)
        {
            foreach (var product in Session(session))
            {
                if (last[product] == session) continue;
                last[product] = session;
                _postingStarts[product + 1]++;
            }
        }

        for (var i = 0; i < productCount; i++) _postingStarts[i + 1] += _postingStarts[i];
        _postings = new int[_postingStarts[productCount]];
        var next = _postingStarts.AsSpan(0, productCount).ToArray();
        Array.Fill(last, -1);
        for (var session = 0; session < Count; session++)
        {
            foreach (var product in Session(session))
            {
                if (last[product] == session) continue;
                last[product] = session;
                _postings[next[product]++] = session;
            }
        }
    }

    /// <summary>How many sessions.</summary>
    internal int Count => _starts.Length - 1;

    /// <summary>Products of a session, oldest first.</summary>
    internal ReadOnlySpan<int> Session(int session) => _products.AsSpan(_starts[session], _starts[session + 1] - _starts[session]);

    /// <summary>Sessions with a product, in sampling order.</summary>
    internal ReadOnlySpan<int> SessionsWith(int product) => _postings.AsSpan(_postingStarts[product], _postingStarts[product + 1] - _postingStarts[product]);

    /// <summary>
    /// Cuts histories into sessions where the rows have session numbers (else a unit is one session), ordered by their last time, newest
    /// first; by a fixed hash where times are unknown, since time is never invented.
    /// </summary>
    internal static SessionIndex Of(TrainingHistories histories)
    {
        List<(int Start, int End)> sessions = [];
        for (var unit = 0; unit < histories.UnitCount; unit++)
        {
            var start = histories.Offsets[unit];
            for (var row = start + 1; row <= histories.Offsets[unit + 1]; row++)
            {
                if (row < histories.Offsets[unit + 1] && (histories.Sessions.Length == 0 || histories.Sessions[row] == histories.Sessions[row - 1])) continue;
                sessions.Add((start, row));
                start = row;
            }
        }

        var order = Enumerable.Range(0, sessions.Count);
        order = histories.OccurredAtMs.Length > 0
            ? order.OrderByDescending(session => histories.OccurredAtMs[sessions[session].End - 1])
            : order.OrderBy(session => StableHash.Mix((ulong)session));
        int[] sampling = [.. order];
        var starts = new int[sampling.Length + 1];
        var products = new int[histories.ProductIndexes.Length];
        for (var i = 0; i < sampling.Length; i++)
        {
            var (start, end) = sessions[sampling[i]];
            Array.Copy(histories.ProductIndexes, start, products, starts[i], end - start);
            starts[i + 1] = starts[i] + end - start;
        }

        return new SessionIndex(starts, products, histories.Products.Count);
    }

    /// <summary>As tensors <c>session_indptr</c> and <c>session_products</c> (I32).</summary>
    internal IEnumerable<NamedTensor> ToTensors() => [NamedTensor.Of(StartsTensor, _starts), NamedTensor.Of(ProductsTensor, _products)];

    /// <summary>Reads the two tensors.</summary>
    /// <exception cref="CheckpointException">They are not sessions over that many products.</exception>
    internal static SessionIndex From(Checkpoint checkpoint, int productCount)
    {
        var starts = checkpoint[StartsTensor].Int32s().ToArray();
        var products = checkpoint[ProductsTensor].Int32s().ToArray();
        if (starts.Length == 0 || starts[0] != 0 || starts[^1] != products.Length)
            throw checkpoint.Malformed($"{StartsTensor} must run from 0 to {products.Length}, the length of {ProductsTensor}.");
        for (var i = 1; i < starts.Length; i++)
            if (starts[i] < starts[i - 1]) throw checkpoint.Malformed($"{StartsTensor}[{i}] = {starts[i]} is below {starts[i - 1]}; it must not fall.");
        for (var i = 0; i < products.Length; i++)
            if (products[i] < 0 || products[i] >= productCount) throw checkpoint.Malformed($"{ProductsTensor}[{i}] = {products[i]}; there are {productCount} products.");
        return new SessionIndex(starts, products, productCount);
    }
}
