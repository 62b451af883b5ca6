namespace Delegation.Portfolios;

/// <summary>What can be wrong with a file, by the name under which it is to be found.</summary>
public enum Defect
{
    /// <summary>A second line with the reference of an earlier one.</summary>
    ReferenceTwice,

    /// <summary>More was paid than the care cost.</summary>
    OutOfPocketNegative,

    /// <summary>Something is left to pay for care of the basket without remainder (100 % Santé).</summary>
    ClassARemainder,

    /// <summary>It was paid before there was care.</summary>
    CareAfterPayment,

    /// <summary>A contract that nobody concluded.</summary>
    ContractUnknown,

    /// <summary>An amount that is no number.</summary>
    AmountMalformed,

    /// <summary>A category that is not on the list.</summary>
    CategoryUnknown,

    /// <summary>A column of numbers that look like those of the social security (NIR): made up, with right check digits.</summary>
    NirColumn,

    /// <summary>The premium of a contract and month under a second reference.</summary>
    PremiumTwice,

    /// <summary>A month without premium between two that have one.</summary>
    PeriodGap,

    /// <summary>An operation that was closed before it was received.</summary>
    CloseBeforeReceive,
}

/// <summary>A defect that was planted.</summary>
/// <param name="Defect">Which.</param>
/// <param name="Line">The line of the file, its header being line 1; 0 where it is none of one line.</param>
/// <param name="Reference">The reference on it, or what it is about.</param>
public sealed record PlantedDefect(Defect Defect, long Line, string Reference);
