namespace Touchstone.Cli;

/// <summary>The command asks for what does not exist; the message says what does.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>What an option's value makes; where it cannot be, the refusal in its own words.</summary>
    /// <param name="make">Makes it; an <see cref="ArgumentException"/> is the option's fault.</param>
    /// <exception cref="UsageException">The value is refused.</exception>
    public static T From<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(Words(fault));
        }
    }

    /// <summary>What a refusal says, without the name of the parameter, which nobody wrote.</summary>
    public static string Words(ArgumentException fault) => fault.Message.Split(" (Parameter", 2)[0];
}
