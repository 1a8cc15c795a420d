namespace Touchstone.Cli.Stages;

/// <summary>An encoder of texts, as the index and the searchers take it.</summary>
/// <param name="Name">Name, as figures and the index's card say it.</param>
/// <param name="Version">Version in the registry, or null.</param>
/// <param name="Dimension">Components of a vector.</param>
/// <param name="Encode">Texts → [text, dimension].</param>
internal sealed record OpenEncoder(string Name, string? Version, int Dimension, Func<IReadOnlyList<string>, IProgress<double>?, CancellationToken, float[]> Encode)
{
    /// <summary>Encodes one query.</summary>
    public float[] Query(string text) => Encode([text], null, CancellationToken.None);
}
