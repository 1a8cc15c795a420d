namespace Touchstone.Applications.Storefront;

/// <summary>The models of a workspace by their right to serve: the champion, those that a verdict admits, and why not the others.</summary>
/// <typeparam name="T">What a model is here: a ranking of products, a searcher.</typeparam>
public sealed class ServingModels<T>
    where T : class
{
    private readonly SortedDictionary<string, T> _serving = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Refusal> _refused = new(StringComparer.Ordinal);

    /// <summary>Starts with the champion.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="champion">The champion.</param>
    public ServingModels(string name, T champion)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(champion);
        (ChampionName, Champion) = (name, champion);
        _serving[name] = champion;
    }

    /// <summary>Name of the champion.</summary>
    public string ChampionName { get; }

    /// <summary>The champion.</summary>
    public T Champion { get; }

    /// <summary>Names that serve, ordinal order.</summary>
    public IReadOnlyCollection<string> Names => _serving.Keys;

    /// <summary>Models that a verdict admits and that cannot be loaded, with the reason.</summary>
    public IEnumerable<Refusal> Unloadable => _refused.Values.Where(refusal => refusal.Kind == RefusalKind.Unloadable);

    /// <summary>Adds a model that its verdict admits.</summary>
    public void Admit(string name, T model) => _serving.TryAdd(name, model);

    /// <summary>Keeps why a model of the workspace does not serve.</summary>
    public void Refuse(string name, RefusalKind kind, string problem) => _refused.TryAdd(name, new Refusal(kind, problem));

    /// <summary>The model of a name, the champion where none is named.</summary>
    public Outcome<T> Find(string? name)
    {
        if (name is null) return Outcome<T>.Of(Champion);
        if (_serving.TryGetValue(name, out var model)) return Outcome<T>.Of(model);
        return _refused.TryGetValue(name, out var refusal)
            ? Outcome<T>.Refused(refusal)
            : Outcome<T>.Refused(RefusalKind.UnknownModel, $"There is no model \"{name}\" here; these serve: {string.Join(", ", _serving.Keys)}. Leave model= out for the champion.");
    }
}
