using Touchstone.Models.Cards;

namespace Touchstone.Models.Registry;

/// <summary>One version of a model in the registry.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">First 12 hexadecimal digits of the content's hash.</param>
/// <param name="Folder">Where its files are; never written again but for the card.</param>
/// <param name="Card">Its card.</param>
public sealed record RegisteredModel(string Name, string Version, string Folder, ModelCard Card);
