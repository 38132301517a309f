package io.trainyard.features.view;

/** What happens to a column as it is read, before anything is made of it. */
public enum Privacy {
    /** HMAC-SHA-256 of the value's text, as 64 hexadecimal digits: equal values stay equal, so keys still join. */
    HASH,
    /** Letters and digits are replaced, length and punctuation stay. */
    MASK,
    /** The column is not read. */
    DROP
}
