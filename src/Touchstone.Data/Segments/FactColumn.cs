namespace Touchstone.Data.Segments;

/// <summary>One column of a stored fact.</summary>
/// <param name="Name">Name in files and SQL, in snake_case.</param>
/// <param name="Type">How its values are stored.</param>
public sealed record FactColumn(string Name, FactType Type);
