namespace Touchstone.Tests.Recommendation;

/// <summary>
/// A second scorer, written without any of the product's code: its own reading of the file, dictionaries instead of sparse rows, doubles
/// instead of floats, and ranks from lists that are sorted in full.
/// </summary>
internal sealed class SecondScorer
{
    private readonly List<string[]> _users = [];
    private readonly List<string> _items;

    internal SecondScorer(string path)
    {
        foreach (var line in File.ReadAllLines(path))
        {
            var items = line.Split(' ')[1..];
            if (items.Length > 0) _users.Add(items);
        }

        _items = [.. new HashSet<string>(_users.SelectMany(items => items))];
        _items.Sort(string.CompareOrdinal);
    }

    internal int UserCount => _users.Count;

    /// <summary>[user] rank of the last item by popularity of all but the last <paramref name="hidden"/> items of everyone.</summary>
    internal List<int> PopularityRanks(int hidden)
    {
        var counts = _items.ToDictionary(item => item, _ => 0);
        foreach (var items in _users)
            foreach (var item in items[..^hidden]) counts[item]++;
        var order = _items.OrderByDescending(item => counts[item]).ThenBy(item => item, StringComparer.Ordinal).ToList();
        var place = order.Select((item, at) => (item, at)).ToDictionary(pair => pair.item, pair => pair.at);
        return [.. _users.Select(items => place[items[^1]] + 1 - items[..^1].Distinct().Count(item => place[item] < place[items[^1]]))];
    }

    /// <summary>Rank of the last item by order- and distance-aware pair counts, for every n-th user.</summary>
    internal List<int> CooccurrenceRanks(int hidden, int every, double distancePower, double backward, double sourcePower, double targetPower, double shrinkage, double historyPower, double popularityWeight)
    {
        var counts = new Dictionary<string, int>();
        var pairs = new Dictionary<(string From, string To), double>();
        foreach (var user in _users)
        {
            var items = user[..^hidden];
            for (var late = 0; late < items.Length; late++)
            {
                counts[items[late]] = counts.GetValueOrDefault(items[late]) + 1;
                for (var early = 0; early < late; early++)
                {
                    if (late - early > 50) continue;
                    var gain = Math.Pow(late - early, -distancePower);
                    pairs[(items[early], items[late])] = pairs.GetValueOrDefault((items[early], items[late])) + gain;
                    pairs[(items[late], items[early])] = pairs.GetValueOrDefault((items[late], items[early])) + (backward * gain);
                }
            }
        }

        var rows = pairs.GroupBy(pair => pair.Key.From).ToDictionary(
            group => group.Key,
            group => group.Select(pair => (pair.Key.To, pair.Value / Math.Pow(counts[pair.Key.From] + shrinkage, sourcePower) / Math.Pow(counts[pair.Key.To] + shrinkage, targetPower))).ToArray());
        double largest = counts.Values.Max();
        var ranks = new List<int>();
        for (var at = 0; at < _users.Count; at += every)
        {
            var history = _users[at][..^1];
            var scores = _items.ToDictionary(item => item, item => popularityWeight * counts.GetValueOrDefault(item) / largest);
            foreach (var (item, stepsBack) in history.Reverse().Select((item, i) => (item, i + 1)).Take(100))
                foreach (var (to, weight) in rows.GetValueOrDefault(item, [])) scores[to] += weight * Math.Pow(stepsBack, -historyPower);
            var slate = scores.Where(pair => !history.Contains(pair.Key)).ToList();
            slate.Sort((left, right) => left.Value != right.Value ? right.Value.CompareTo(left.Value) : string.CompareOrdinal(left.Key, right.Key));
            ranks.Add(slate.FindIndex(pair => pair.Key == _users[at][^1]) + 1);
        }

        return ranks;
    }
}
