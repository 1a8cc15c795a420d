namespace Touchstone.Data.Sources;

/// <summary>Whose rows are whose: ids numbered as they come; a row of nobody known is a cluster of its own. Memory grows with the ids, not with the rows.</summary>
internal sealed class ClusterIndex
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private string _last = "";
    private int _count;

    /// <summary>Ids so far.</summary>
    public IEnumerable<string> Known => _numbers.Keys;

    /// <summary>The id's number. Blanks around it are no part of it.</summary>
    /// <param name="text">The id; blank where nobody is known.</param>
    public int Of(ReadOnlySpan<char> text)
    {
        var id = text.Trim();
        var lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(id, out var known, out var number))
        {
            _last = known;
            return number;
        }

        _last = id.ToString();
        if (id.Length > 0) _numbers.Add(_last, _count);
        return _count++;
    }

    /// <summary>Whether an id is the one that was numbered last.</summary>
    public bool IsLast(ReadOnlySpan<char> text) => text.Trim().SequenceEqual(_last);
}
