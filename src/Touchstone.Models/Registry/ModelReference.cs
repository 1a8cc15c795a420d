namespace Touchstone.Models.Registry;

/// <summary>Which version of which model.</summary>
/// <param name="Name">Name in the registry.</param>
/// <param name="Version">Version in the registry.</param>
public sealed record ModelReference(string Name, string Version);
