namespace Delegation.Persistence.Journal;

/// <summary>Who may see an entry, of the two parties of a delegation.</summary>
public enum Visibility
{
    /// <summary>Insurer and delegate.</summary>
    Both,

    /// <summary>The insurer alone.</summary>
    Insurer,

    /// <summary>The delegate alone.</summary>
    Delegate,
}

/// <summary>The names under which the database and the chain know a visibility.</summary>
internal static class Visibilities
{
    public static string Name(this Visibility visibility) => visibility switch
    {
        Visibility.Both => "both",
        Visibility.Insurer => "insurer",
        Visibility.Delegate => "delegate",
        _ => throw new ArgumentOutOfRangeException(nameof(visibility), visibility, "A visibility is both, insurer or delegate."),
    };

    public static Visibility Named(string name) => name switch
    {
        "both" => Visibility.Both,
        "insurer" => Visibility.Insurer,
        "delegate" => Visibility.Delegate,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "A visibility is both, insurer or delegate."),
    };
}
