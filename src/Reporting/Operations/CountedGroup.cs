namespace Delegation.Reporting.Operations;

/// <summary>Operations that are counted alike. Where there are none, one group without a kind tells the import that told last.</summary>
/// <param name="LastImportId">The import that was applied last.</param>
/// <param name="CoveredToDay">The last day that an import covers.</param>
/// <param name="Kind">Their kind, as it is stored.</param>
/// <param name="Carried">Received before the period.</param>
/// <param name="StartDay">When the count of days began, of those closed in the period.</param>
/// <param name="CloseDay">When they were closed, if in the period.</param>
/// <param name="Outcome">What became of them, if closed in the period; as it is stored.</param>
/// <param name="Automated">Closed in the period without anybody's intervention.</param>
/// <param name="Operations">How many.</param>
internal sealed record CountedGroup(
    Guid? LastImportId, DateOnly? CoveredToDay, string? Kind, bool? Carried, DateOnly? StartDay, DateOnly? CloseDay, string? Outcome, bool? Automated, long? Operations);
