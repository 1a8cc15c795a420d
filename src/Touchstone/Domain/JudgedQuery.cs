namespace Touchstone.Domain;

/// <summary>A query with what people said of products for it.</summary>
/// <param name="Id">Query id; the text itself where there is no other.</param>
/// <param name="Text">What was typed.</param>
/// <param name="Grades">Product → grade; relevant from 1 on.</param>
public sealed record JudgedQuery(string Id, string Text, IReadOnlyDictionary<string, int> Grades)
{
    /// <summary>Whether any product is relevant.</summary>
    public bool HasPositive => Grades.Values.Any(grade => grade >= 1);
}
