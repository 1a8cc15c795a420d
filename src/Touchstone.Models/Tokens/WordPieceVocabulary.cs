namespace Touchstone.Models.Tokens;

/// <summary>The tokens of a WordPiece vocabulary by id.</summary>
public sealed class WordPieceVocabulary
{
    /// <summary>Id of <c>[CLS]</c>.</summary>
    public int ClassificationId { get; init; } = 2;

    /// <summary>Id of <c>[SEP]</c>.</summary>
    public int SeparatorId { get; init; } = 3;
}
