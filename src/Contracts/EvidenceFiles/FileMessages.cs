using Delegation.ServiceDefaults.Outcomes;
using Google.Api;

namespace Delegation.Contracts.EvidenceFiles;

/// <summary>How the messages of an rpc carry a file.</summary>
/// <param name="Read">Reads the first message.</param>
/// <param name="FileOf">The bytes of a message.</param>
/// <param name="SizeOf">The size that the first message says.</param>
/// <param name="WithoutBytes">The first message as a retry is compared by: the hash stands for the bytes.</param>
internal sealed record FileMessages<T>(Func<T, Outcome<Attachment>> Read, Func<T, HttpBody?> FileOf, Func<T, long> SizeOf, Func<T, string, HttpBody, T> WithoutBytes);
