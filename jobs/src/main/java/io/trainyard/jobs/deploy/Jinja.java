package io.trainyard.jobs.deploy;

/** Texts that Airflow and Ansible read as templates. */
final class Jinja {
    private Jinja() {}

    /** A template that gives exactly this text. */
    static String literal(String text) {
        return text.replaceAll("\\{[{%#]", "{{ '$0' }}");
    }
}
