using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The value of a parameter when the configuration has none.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();
}

/// <summary>A random value.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    /// <summary>Least number of characters; 22 letters and digits are 131 bits.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Whether lower-case letters may occur.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Whether upper-case letters may occur.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Whether digits may occur.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Whether punctuation may occur.</summary>
    public bool Special { get; set; } = true;

    /// <summary>Least number of lower-case letters.</summary>
    public int MinLower { get; set; }

    /// <summary>Least number of upper-case letters.</summary>
    public int MinUpper { get; set; }

    /// <summary>Least number of digits.</summary>
    public int MinNumeric { get; set; }

    /// <summary>Least number of punctuation characters.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc />
    /// <exception cref="ArgumentException">No character is allowed, or a class is demanded that is not allowed.</exception>
    public override string GetDefaultValue()
    {
        // Letters and digits that are easily taken for each other are left out; the punctuation needs no quoting in shells.
        (bool Allowed, string Characters, int Least)[] classes =
        [
            (Lower, "abcdefghjkmnpqrstuvwxyz", MinLower),
            (Upper, "ABCDEFGHJKMNPQRSTUVWXYZ", MinUpper),
            (Numeric, "0123456789", MinNumeric),
            (Special, "-_.{}~()*+!", MinSpecial),
        ];

        if (!classes.Any(c => c.Allowed) || classes.Any(c => !c.Allowed && c.Least > 0))
        {
            throw new ArgumentException("A generated value needs an allowed character class, and demands only characters that are allowed.");
        }

        var all = string.Concat(classes.Where(c => c.Allowed).Select(c => c.Characters));
        var demanded = string.Concat(classes.Select(c => c.Least > 0 ? RandomNumberGenerator.GetString(c.Characters, c.Least) : ""));
        var value = (demanded + RandomNumberGenerator.GetString(all, Math.Max(0, MinLength - demanded.Length))).ToCharArray();
        RandomNumberGenerator.Shuffle<char>(value);
        return new string(value);
    }
}
